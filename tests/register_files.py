"""One invented rule of the Federal Register in the three forms in which it is to be had: XML, web page, plain text.

The tags are those of GPO's user guides and of federalregister.gov's stylesheets; the words are our own.
"""

RULE_XML = """<?xml version="1.0" encoding="UTF-8"?>
<RULE>
  <PREAMB>
    <AGENCY TYPE="S">SECURITIES AND EXCHANGE COMMISSION</AGENCY>
    <CFR>17 CFR Parts 240 and 249</CFR>
    <DEPDOC>[Release No. 34-99002; File No. S7-99-24]</DEPDOC>
    <RIN>RIN 3235-ZZ99</RIN>
    <SUBJECT>Regulation Quiet Hours</SUBJECT>
    <AGY>
      <HD SOURCE="HED">AGENCY:</HD>
      <P>Securities and Exchange Commission.</P>
    </AGY>
    <ACT>
      <HD SOURCE="HED">ACTION:</HD>
      <P>Final rule.</P>
    </ACT>
    <SUM>
      <HD SOURCE="HED">SUMMARY:</HD>
      <P>The Commission is adopting rules on quiet hours under the <E T="03">Lantern Act.</E></P>
    </SUM>
    <EFFDATE>
      <HD SOURCE="HED">DATES:</HD>
      <P>
        <E T="03">Effective date:</E> January 6, 2025.</P>
      <P>
        <E T="03">Compliance date:</E> July 7, 2025.</P>
    </EFFDATE>
    <FURINF>
      <HD SOURCE="HED">FOR FURTHER INFORMATION CONTACT:</HD>
      <P>Ada Wick, Special Counsel, at (202) 555-0100.</P>
    </FURINF>
  </PREAMB>
  <SUPLINF>
    <HD SOURCE="HED">SUPPLEMENTARY INFORMATION:<PRTPAGE P="5002"/>
    </HD>
    <HD SOURCE="HD1">I. Introduction</HD>
    <P>Dealers ring bells at night.<SU>1</SU>
      <FTREF/> The Commission proposed to end this in 2023.<SU>2</SU><FTREF/>The rule was
      welcomed.<E T="03">See</E>Letter from A. Snuffer. A lantern burns 10<SU>6</SU> grains.</P>
    <FTNT>
      <P>
        <SU>1</SU> <E T="03">See</E> the Bell Report, at 12.</P>
    </FTNT>
    <FTNT>
      <P><SU>2</SU> Quiet Hours, Release No. 34-99001 (Jan. 17, 2024) (the &#x201C;Proposing<PRTPAGE/>Release&#x201D;).</P>
      <P>It drew 14 letters.</P>
    </FTNT>
    <HD SOURCE="HD2">A. Who Is Covered</HD>
    <P>A quiet-hours dealer is a person who rings a bell at<PRTPAGE P="5003"/>night.<SU>3</SU><FTREF/></P>
    <FTNT>
      <P><SU>3</SU> A gong counts as a bell.</P>
    </FTNT>
    <GPOTABLE COLS="4" OPTS="L2,i1" CDEF="s50,12,12,12">
      <TTITLE>Table 1&#x2014;Cost of Silence</TTITLE>
      <BOXHD>
        <CHED H="1">Firm size</CHED>
        <CHED H="1">Cost</CHED>
        <CHED H="2">First<LI>year</LI></CHED>
        <CHED H="2">Later years <SU>1</SU></CHED>
        <CHED H="1">Firms</CHED>
      </BOXHD>
      <ROW>
        <ENT I="01">Small</ENT>
        <ENT>$1,200</ENT>
        <ENT>300</ENT>
        <ENT>41</ENT>
      </ROW>
      <ROW RUL="s">
        <PRTPAGE P="5004"/>
        <ENT I="01">Large</ENT>
        <ENT A="1">9,000</ENT>
        <ENT>7</ENT>
      </ROW>
      <TNOTE><SU>1</SU> In dollars of 2024.</TNOTE>
    </GPOTABLE>
    <GPH SPAN="3" DEEP="640"><GID>ER06JA25.000</GID></GPH>
    <LSTSUB>
      <HD SOURCE="HED">List of Subjects in 17 CFR Part 240</HD>
      <P>Bells, Brokers.</P>
    </LSTSUB>
    <HD SOURCE="HD1">Text of the Rule</HD>
    <REGTEXT TITLE="17" PART="240">
      <PART>
        <HD SOURCE="HED">PART 240&#x2014;GENERAL RULES</HD>
      </PART>
      <AMDPAR>1. The authority citation for part 240 continues to read as follows:</AMDPAR>
      <AUTH>
        <HD SOURCE="HED">Authority:</HD>
        <P>15 U.S.C. 78c.</P>
      </AUTH>
      <STARS/>
      <AMDPAR>2. Add § 240.15z-1 to read as follows:</AMDPAR>
      <SECTION>
        <SECTNO>§ 240.15z-1</SECTNO>
        <SUBJECT>Quiet hours.</SUBJECT>
        <P>(a) No dealer shall ring a bell between nine and seven.</P>
        <STARS/>
      </SECTION>
    </REGTEXT>
    <SIG>
      <P>By the Commission.</P>
      <DATED>Dated: December 12, 2024.</DATED>
      <NAME>Vera Hush,</NAME>
      <TITLE>Secretary.</TITLE>
    </SIG>
  </SUPLINF>
  <FRDOC>[FR Doc. 2024-28999 Filed 1-3-25; 8:45 am]</FRDOC>
  <BILCOD>BILLING CODE 8011-01-P</BILCOD>
</RULE>
"""

RULE_HTML = """<div id="fulltext_content_area">
<span class="unprinted-element-wrapper"><span class="unprinted-element-border"></span>
<span class="unprinted-element preamble" data-text="Start Preamble">Start Preamble</span></span>
<div class="document-headings"><div class="fr-box"><div class="fr-seal-block fr-seal-block-header">
<span class="h6">Document Headings</span><p>Document headings vary by document type.</p></div>
<div class="content-block"><h6 class="agency">Securities and Exchange Commission</h6>
<ol><li>17 CFR Parts 240 and 249</li><li>[Release No. 34-99002; File No. S7-99-24]</li><li>RIN 3235-ZZ99</li></ol>
</div></div></div>
<div id="agency"><h1 id="h-1">AGENCY:</h1><p id="p-1" data-page="5001">Securities and Exchange Commission.</p></div>
<div id="action"><h1 id="h-2">ACTION:</h1><p id="p-2" data-page="5001">Final rule.</p></div>
<div id="summary"><h1 id="h-3">SUMMARY:</h1><p id="p-3" data-page="5001">The Commission is adopting rules on quiet hours.</p></div>
<div id="dates"><h1 id="h-4">DATES:</h1><p id="p-4" data-page="5001"><em>Effective date:</em> January 6, 2025.</p></div>
<h1 id="h-5">SUPPLEMENTARY INFORMATION:</h1>
<span class="printed-page-inline" data-page="5002"></span>
<span class="printed-page-wrapper unprinted-element-wrapper"><span class="unprinted-element-border"></span>
<span class="printed-page unprinted-element" id="page-5002" data-page="5002" data-text="Start Printed Page 5002">Start Printed Page 5002</span></span>
<h2 id="h-6">I. Introduction</h2>
<p id="p-5" data-page="5002">Dealers ring bells at night.<sup><a class="footnote-reference" id="citation-1-p5002"
href="#footnote-1-p5002">[1]</a></sup> The Commission proposed to end this at
<span class="printed-page-wrapper unprinted-element-wrapper"><span class="printed-page unprinted-element" id="page-5003"
data-page="5003"> </span></span> once.<sup> <a class="footnote-reference" id="citation-2-p5003" href="#footnote-2-p5003">[2]</a></sup></p>
<script>alert("bells")</script>
<ul class="bullets"><li>A bell rings.</li><li>A gong booms.</li></ul>
<h3 id="h-7">A. Who Is Covered</h3>
<div class="table-wrapper"><table><caption><p>Table 1&mdash;Cost of Silence</p></caption>
<thead><tr><th>Firm size</th><th>Cost</th></tr></thead>
<tbody><tr><td>Small</td><td>$1,200</td></tr><tr><td>Large</td><td>9,000</td></tr></tbody></table></div>
<div class="section"><div class="sectno sectno-reference" id="sectno-reference-240.15z-1"><a href="#x">&sect;&thinsp;240.15z-1</a></div>
<div class="section-subject">Quiet hours.</div><p id="p-9" data-page="5003">(a) No dealer shall ring a bell.</p></div>
<h1 id="footnotes">Footnotes</h1>
<div class="footnotes">
<div class="footnote" id="footnote-1-p5002"><p id="p-10" data-page="5002"> 1. <em>See</em> the Bell Report, at 12.</p>
<p id="p-11">It has 12 pages.</p><a class="back" href="#citation-1-p5002">Back to Citation</a></div>
<div class="footnote" id="footnote-2-p5003"><p id="p-12">2. A gong counts as a bell.</p>
<a class="back" href="#citation-2-p5003">Back to Citation</a></div>
</div></div>
"""

RULE_TEXT = r"""[Federal Register Volume 90, Number 3 (Monday, January 6, 2025)]
[Rules and Regulations]
[Pages 5001-5003]
From the Federal Register Online via the Government Publishing Office [www.gpo.gov]
[FR Doc No: 2024-28999]


=======================================================================
-----------------------------------------------------------------------

SECURITIES AND EXCHANGE COMMISSION

17 CFR Parts 240 and 249

[Release No. 34-99002; File No. S7-99-24]
RIN 3235-ZZ99


Regulation Quiet Hours

AGENCY: Securities and Exchange Commission.

ACTION: Final rule.

-----------------------------------------------------------------------

SUMMARY: The Commission is adopting rules on quiet hours under the
Lantern Act.

DATES: Effective date: January 6, 2025.

SUPPLEMENTARY INFORMATION:

I. Introduction

    Dealers ring bells at night.\1\ The Commission proposed to end this in
2023.\2\ The rule was welcomed by sleepers, and it ends at
---------------------------------------------------------------------------

    \1\ See the Bell Report, at 12.
    \2\ Quiet Hours, Release No. 34-99001 (Jan. 17, 2024) (the

[[Page 5002]]

``Proposing Release'').
---------------------------------------------------------------------------

[[Page 5003]]

seven in the morning.
    A second paragraph follows at once.

       Table 1--Cost of Silence
------------------------------------------------------------------------
                 Firm size                     First year    Later years
------------------------------------------------------------------------
Small.......................................       $1,200            300
------------------------------------------------------------------------

Sec.  240.15z-1  Quiet hours.

    Dated: December 12, 2024.
Vera Hush,
Secretary.
"""

RULE_TEXT_PAGE = f"""<html>
<head>
<title>Federal Register, Volume 90 Issue 3 (Monday, January 6, 2025)</title>
</head>
<body><pre>
{RULE_TEXT.replace("&", "&amp;")}
</pre></body>
</html>
"""

CODE_XML = """<?xml version="1.0" encoding="UTF-8"?>
<DIV5 N="242" NODE="17:4.0.1.1.3" TYPE="PART">
<HEAD>PART 242—REGULATION OF BELLS</HEAD>
<AUTH>
<HED>Authority:</HED><PSPACE>15 U.S.C. 77g.
</PSPACE></AUTH>
<DIV6 N="A" NODE="17:4.0.1.1.3.1" TYPE="SUBPART">
<HEAD>Subpart A—Night</HEAD>
<DIV8 N="§ 242.100" NODE="17:4.0.1.1.3.1.1.1" TYPE="SECTION">
<HEAD>§ 242.100   Definitions.</HEAD>
<P>(a) <I>Bell</I> means anything that rings.<sup>1</sup></P>
<TABLE><TR><TH>Bell</TH><TH>Tone</TH></TR><TR><TD>Large</TD><TD>C</TD></TR></TABLE>
<CITA TYPE="N">[90 FR 5004, Jan. 6, 2025]
</CITA>
</DIV8>
</DIV6>
</DIV5>
"""
