"""The pair 270 and 271: who is covered, and for what (005010X279A1, with the content of CAQH CORE).

Layout, each module leaning only on those above it:

    requests       what a 270 asks, as it was sent; plain text, so that a batch can keep it
    reader         labelled segments become requests
    outcomes       what came of a question
    refusals       every reason and every missing answer as an AAA
    questions      a request becomes a question of the members domain, or says what is wrong with it
    codes          X12 codes for what domains call by name
    benefit_lines  EBs, and merging those that say the same
    contacts       NM1 and PER of the plan and others
    people         NM1, REF, N3, N4, DMG, INS, DTP: the patient as held, or as sent
    amounts        EB for what a service costs, is limited to, and has used
    content        which EBs an answer has
    writer         271s written as a stream, level by level
    real_time      a 270 that was taken, asked at once
    kept_rows      what a row of a batch keeps of its 270
    batch_files    a file of 270s as the rows of a batch, and back as 271s
"""
