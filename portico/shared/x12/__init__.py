"""X12 syntax: segments, envelopes, building. What a segment means is the edges' business.

Layout, each module leaning only on those above it:

    limits      how much one file may hold
    faults      what can be wrong with the syntax, as stable codes
    charset     which characters a value may hold, and how bytes become text
    dates       D8, RD8, DT and time values
    delimiters  the four separators, and finding them in an ISA
    headers     ISA, GS and ST as dataclasses
    splitting   whole segments cut out of bytes and split
    feed        the bytes of a file, in chunks
    tokens      a file as numbered segments, in blocks of bounded memory
    bookmarks   a place inside a file, and finding it again
    walking     what the levels of envelopes share
    levels      interchange, group and transaction set
    envelopes   a file's interchanges, read lazily, counts and control numbers checked; and resuming
    joining     values joined to a segment
    build       interchanges written as a stream, counts computed

    grammar_parts     an implementation guide as data: loops, segments, elements
    grammar_faults    what can be wrong with a set under its guide, in the codes of the 999
    grammar_values    what is wrong with a segment's elements
    grammar_patterns  the same, answered at once where nothing is wrong
    grammar_tables    a guide worked out into places and moves
    grammar_misfits   what to make of a segment that does not fit
    grammar           a transaction set labelled and checked as it passes
"""
