"""What comes in: files to articles (articles.py) or claims (claims.py); what cannot be read is named, with its reason.

pages.py finds the article on a web page, encoding.py the text in bytes, language.py what is not English; jsonl.py
numbers the lines of JSON that people hand in.
"""
