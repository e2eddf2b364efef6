"""The website: pages by area, and the documents printed from them."""
