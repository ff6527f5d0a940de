"""Needs: what a service lacks, from draft to submitted; what becomes of it is the case's story."""
