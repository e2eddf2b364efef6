"""Encounters in X12: a file of 837s judged, read record by record, and answered.

job         the file on its way: judged, its records read in chunks, its answers kept
statuses    which status of a 277CA each edit becomes
accounts    what a 277CA says of one transaction set, as facts
writer      the 277CA (005010X214), written as a stream
outbound    accepted encounters as files for the core system
"""
