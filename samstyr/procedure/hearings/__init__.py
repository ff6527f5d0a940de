"""Who is heard, what they say, and by when. Treats cases; knows no subject."""
