"""PDF/UA-1 documents and pictures of their pages from typst templates; what they say is no concern here."""
