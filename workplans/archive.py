"""One PDF for the archive and for readers who hear it: PDF/A-3a and PDF/UA-1 at once.

WeasyPrint writes either. The two agree but for their marks in the metadata; this adds the mark of PDF/UA to a PDF/A-3a,
with the description of its schema that PDF/A asks for.
"""

from typing import Any

VARIANT = "pdf/a-3a"
SCHEMA = "http://www.aiim.org/pdfua/ns/id/"
MARK = f"""<rdf:Description rdf:about="" xmlns:pdfuaid="{SCHEMA}" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{SCHEMA}</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description></rdf:RDF>""".encode()


def finish(document: Any, pdf: Any) -> None:
    """What WeasyPrint calls before it writes the file (`finisher`)."""
    metadata = object_of(pdf, pdf.catalog["Metadata"])
    (xml,) = metadata.stream
    metadata.stream = [xml.replace(b"</rdf:RDF>", MARK)]
    metadata.compress = False  # archives read it as plain text
    if "AF" in pdf.catalog:
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])  # WeasyPrint names each file twice


def object_of(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]
