"""Reading files of patients: as they come out of spreadsheets and practice systems, and hostile ones."""
