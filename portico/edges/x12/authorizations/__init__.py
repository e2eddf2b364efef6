"""The 278: requests for review and their answers (005010X217), inquiries and their answers (005010X215).

Layout, each module leaning only on those above it:

    requests    what a 278 asks, as it was sent
    segments    single segments, read and written
    reader      labelled segments become requests, one for each patient event
"""
