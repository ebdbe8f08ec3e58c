"""What the service keeps: one database, by SQLAlchemy and Alembic; SQLite by default, PostgreSQL by URL."""
