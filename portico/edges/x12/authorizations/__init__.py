"""The 278: requests for review and their answers (005010X217), inquiries and their answers (005010X215).

Layout, each module leaning only on those above it:

    requests    what a 278 asks, as it was sent
    segments    single segments, read and written
    reader      labelled segments become requests, one for each patient event
    answers     what a 278 answers, before it is segments
    states      X12 codes for where a request stands, and the words beside them
    refusals    X12 codes for why nothing is taken or told
    quantities  how much a service line asks for
    held        a request as the plan has it, put as an event
    content     what is told of one request: decisions, or refusals
    events      the segments of an event and of a service
    writer      278s written as a stream, level by level
    questions   who asks, about whom, on which days
    requested   an event becomes a request of the domain, or says what is wrong with it
    asking      one event asked: a permit, an audit row, an outcome
    sets        a 278 that was taken, asked at once
    inquiries   an inquiry (X215)
    sending     a request (X217)
"""
