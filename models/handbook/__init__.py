"""The handbook: what officers report of their visits, and what becomes of it (คู่มือการทำงานของนักส่งเสริมสหกรณ์)."""
