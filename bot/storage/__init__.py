"""What is kept, and how: the key file, encryption, tables, migrations and the database itself."""
