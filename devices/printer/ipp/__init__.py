"""A4 printers over the Internet Printing Protocol (RFC 8010, RFC 8011), spoken directly and to cupsd."""
