"""The plan itself: lines of business, regions, who it is, and how fresh its feeds are."""
