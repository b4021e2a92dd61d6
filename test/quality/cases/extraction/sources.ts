export const INVOICE = `Northwind Traders GmbH
Invoice INV-2024-0917                     Date: 17 September 2024
Bill to: Contoso Ltd., attn. Maria Öztürk, maria.oeztuerk@contoso.example

  4 x Oak desk (SKU OD-120)      à 249.00      996.00
 10 x LED lamp (SKU LL-7)        à  19.50      195.00

Subtotal 1,191.00   VAT 19% 226.29   Total EUR 1,417.29
Payable within 30 days to IBAN DE02 1203 0000 0000 2020 51`;

export const MAIL = `From: Tom Becker <tom.becker@example.org>
To: events@hall.example
Subject: Booking

Hi there,
we would like to book the large room on March 5th, 2026 from 2:30 pm for about forty guests. Catering for thirty-five is enough.
You can reach me on +49 (0)30 1234-5678, or my colleague Aisha Khan (aisha.khan@example.org).
Budget: at most $2.5k. Best, Tom`;

export const REPORT = `Acme Robotics said on Monday that third-quarter revenue rose 12% to $1.38 billion, from $1.23 billion a year earlier.
Chief executive Laura Chen pointed to demand for warehouse arms. Net income was $96 million. The company, based in Pittsburgh,
employs 4,200 people and was founded in 2009 by Laura Chen and Raj Patel.`;

export const JOB = `Wir suchen zum 1. Februar 2025 eine Softwareentwicklerin (m/w/d) in München. Gehalt 65.000 bis 78.000 € im Jahr.
Ansprechpartner ist Herr Jörg Weiß, Telefon 089 / 555 41 20. Kenntnisse in Kotlin und PostgreSQL sind Voraussetzung.`;
