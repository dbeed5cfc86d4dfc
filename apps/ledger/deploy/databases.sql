-- The identity provider's own database, beside that of the read models.
CREATE DATABASE identity ENCODING 'UTF8' TEMPLATE template0;
