"""The 837: claims read from files and written to them.

records   a claim as it was read, and where a reader stopped
levels    a set's segments, and going on inside it after a stop
drafts    what was read of one claim so far
steps     what each segment adds to a draft
reader    an 837 file, claim by claim, in flat memory
parties   how the writer puts people and places
lines     how it puts service lines
writer    claims written as an 837P or 837I
"""
