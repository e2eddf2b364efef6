"""The library's documents as a folder of files: packed, read file by file, taken in by a job."""
