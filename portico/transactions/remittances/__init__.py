"""The 835 (005010X221A1): read from files of any length, written from facts.

Layout, each module leaning only on those above it:

    persons     payers, payees and people: N1, N3, N4, REF, PER, NM1
    money       adjustments and remarks: CAS, PLB, LQ
    drafts      what was read of one transaction set so far
    loops       its segments in, its payment and claims out
    reader      a file: surveyed as a whole, then read payment by payment
    writing     one claim as segments
    writer      payments as a file
"""
