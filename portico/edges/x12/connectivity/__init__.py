"""CAQH CORE connectivity vC2.2.0: how trading partners hand us X12 over HTTP, in MIME or in SOAP.

Layout, each module leaning only on those above it:

    refusals       what is no exchange at all, with the HTTP status it gets
    deadlines      ends the reading of bodies that never come to an end
    bodies         the bytes of a request, bounded in number and time
    crowding       so many exchanges at once and no more
    multiparts     a multipart body cut into its parts
    vocabulary     operations, fields, payload types and error codes of the rule
    messages       a request and an answer, whichever envelope they travel in
    fields         what every field must be
    mime           the MIME envelope
    guarded_xml    XML of strangers
    soap_reading   the SOAP 1.2 envelope as it comes in, with MTOM
    soap_writing   and as it goes out
    envelopes      which of the envelopes a request is in
    description    the WSDL and its schema
    recording      what the log of exchanges is told
    operations     what each operation does
    exchanging     one request, from its first byte to its answer
"""
