"""The 837: claims read from files and written to them.

records         a claim as it was read, and where a reader stopped
levels          a set's segments, and going on inside it after a stop
values          elements as text, days, amounts
drafts          what was read of one claim so far
steps           what each segment adds to a draft
parties         how parties, places and sums are put
carrying        what is carried beside facts, as text
draft_carrying  which segments of a claim being read that are
reader          an 837 file, claim by claim, in flat memory
survey          an 837 file looked at as a whole, before it is read

composing       a part of a file put together in the guide's order, with what is carried
levels_written  the levels above a claim
claim_codes     diagnoses, procedures, the DRG
claim_part      a claim itself
lines           its service lines
ends            who sends and who receives
writer          claims written as an 837P or 837I
"""
