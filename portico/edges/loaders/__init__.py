"""Files and feeds from the plan's core system: read, checked, and handed to the domains in chunks.

Layout, each module leaning only on those above it:

    refusals, bad_rows    why a file, or a row, is not taken in
    words                 what each reason says
    values_834            the elements of an 834, typed and checked
    drafts_834            what was read of one member so far
    loops_834             one member's loops: segments to a record
    reader_834            an 834 file: surveyed as a whole, then read member by member
    csv_rows, cells       a CSV file: its header, its lines, its cells
    settling              the books of a load: results, counts, the place reached
    intake                a file staged once, and the job that loads it
    handling              what the loading jobs have in common
    enrolment_834         the job that loads an 834
    remittances_835       the job that loads an 835
    extracts              the job that loads a CSV file; providers, benefits, accumulators are its layouts
    reversal              the job that takes a load back
    running, reporting    a job done for an operator who waits, and what the operator reads
    command               `portico load`
"""
