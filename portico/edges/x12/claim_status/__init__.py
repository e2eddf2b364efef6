"""The pair 276 and 277: how claims stand (005010X212).

Layout, each module leaning only on those above it:

    requests    what a 276 asks, as it was sent
    reader      labelled segments become requests, one for each claim asked about
    states      X12 codes for where a claim stands, and why
    refusals    X12 codes for why there is no answer
    questions   a request becomes a question of the claims domain, or says what is wrong with it
    content     what the 277 says of one request: STC, REF, DTP, SVC
    writer      277s written as a stream, level by level
    asking      one request asked: a permit, an audit row, an outcome
    real_time   a 276 that was taken, asked at once
    batch_files a file of 276s, and its 277s
    batch_job   the job of a batch of 276s
"""
