"""Claims and findings in the standards that other programs read: W3C PROV, SDMX-CSV, schema.org ClaimReview.

Each module writes one form and reads it back, checking what the standard asks for; tests go there and back.
"""

from service.interchange.claimreview import claim_reviews, read_claim_reviews
from service.interchange.prov import prov_document, read_prov
from service.interchange.sdmx import read_sdmx_csv, sdmx_csv

__all__ = ["claim_reviews", "prov_document", "read_claim_reviews", "read_prov", "read_sdmx_csv", "sdmx_csv"]
