"""What comes in: files to articles (articles.py) or claims (claims.py); what cannot be read is named, with its reason.

folders.py finds the files, formats.py reads each by its ending: pages.py finds the article on a web page, encoding.py
the text in bytes; jsonl.py numbers the lines of JSON that people hand in. language.py tells what is not English,
skips.py says what was left out.
"""
