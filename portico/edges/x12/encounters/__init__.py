"""Encounters in X12: a file of 837s judged, read record by record, and answered.

arriving    under which number a file comes, and the TA1 where that was used before
judgement   which of its sets are taken, and what is wrong with the rest
records     its records as the domain takes them
work        the file on its way: judged, read in chunks, answered
job         the same for a file that a person sent
accounts    what a 277CA says of one transaction set, as facts
statuses    which status of a 277CA each edit becomes
writer      the 277CA (005010X214), written as a stream
answers     TA1, 999 and 277CA of a file
handing_on  accepted encounters as files for the core system
"""
