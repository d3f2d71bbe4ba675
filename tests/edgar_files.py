"""Invented filings in the layouts that EDGAR holds: inline XBRL, HTML of about 2003, plain text of 1996, and a release page.

The tags and the tricks with them (bold paragraphs for headings, bullets set as tables, "$" in a cell of
its own) are those of real filings; the words and figures are our own.
"""

_PAGE_END = (
    '<div style="height:42pt;position:relative"><div style="text-align:center"><span>{}</span></div></div>\n'
    '<hr style="page-break-after:always"/>\n'
    '<div style="min-height:42pt"><div><span><a href="#i1_7">Table of Contents</a></span></div></div>\n'
)

TEN_K = (
    """<?xml version='1.0' encoding='ASCII'?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL" xmlns:dei="x">
<head><meta http-equiv="Content-Type" content="text/html"/><title>lntn-20231230</title>
<style>.x{color:#000}</style></head>
<body><div style="display:none"><ix:header><ix:hidden>
<ix:nonNumeric contextRef="c1" name="dei:DocumentFiscalYearFocus" id="f1">2023</ix:nonNumeric>
<ix:nonNumeric contextRef="c1" name="dei:DocumentFiscalPeriodFocus" id="f2">FY</ix:nonNumeric>
<ix:nonNumeric contextRef="c1" name="dei:AmendmentFlag" id="f3">false</ix:nonNumeric>
</ix:hidden><ix:resources><xbrli:context id="c1">0000999999</xbrli:context></ix:resources></ix:header></div>
<div id="i1_1"></div><div style="text-align:center"><span style="font-weight:700">UNITED STATES</span></div>
<div style="text-align:center"><span style="font-weight:700">SECURITIES AND EXCHANGE COMMISSION</span></div>
<div style="text-align:center"><span>FORM <ix:nonNumeric contextRef="c1" name="dei:DocumentType" id="f4">10-K</ix:nonNumeric></span></div>
<div><span>For the fiscal year ended <ix:nonNumeric name="dei:DocumentPeriodEndDate">December 30, 2023</ix:nonNumeric></span></div>
<div style="text-align:center"><span style="font-weight:700"><ix:nonNumeric name="dei:EntityRegistrantName">Lantern Works, Inc.</ix:nonNumeric></span></div>
<div style="text-align:center"><span>(Exact name of registrant as specified in its charter)</span></div>
<table><tr><td colspan="3"></td><td colspan="3"></td></tr><tr><td>Delaware</td><td>&#160;</td><td>99-9999999</td></tr>
<tr><td>(State of incorporation)</td><td></td><td>(I.R.S. Employer Identification No.)</td></tr></table>
"""
    + '<hr style="page-break-after:always"/>\n'
    + """<div style="text-align:center"><span style="font-weight:700">Lantern Works, Inc.</span></div>
<div style="text-align:center"><span style="font-weight:700">TABLE OF CONTENTS</span></div>
<table><tr><td>Item 1.</td><td><a href="#i1_7">Business</a></td><td><a href="#i1_7">1</a></td></tr>
<tr><td>Item 1A.</td><td><a href="#i1_9">Risk Factors</a></td><td><a href="#i1_9">2</a></td></tr></table>
"""
    + _PAGE_END.format("i")
    + """<div id="i1_7"><span style="font-weight:700">PART I</span></div>
<div><span style="font-weight:700">Item 1.&#160;&#160;&#160;&#160;Business</span></div>
<div><span>We make lanterns<span style="font-size:6pt;position:relative;top:-3pt;vertical-align:baseline">1</span> for the company&#8217;s
customers. Each burns 10<sup>6</sup> hours.</span></div>
<table style="width:100%"><tr><td style="width:1%"></td><td style="width:3%"></td><td></td></tr>
<tr><td colspan="1">&#8226;</td><td colspan="2">Oil lanterns, which are <span style="font-style:italic">quiet</span>;</td></tr></table>
<table><tr><td>&#8226;</td><td>Gas lanterns.</td></tr></table>
<div style="display:none">Not to be seen</div><p style="visibility: hidden">Nor this</p>
<div><hr style="width:30%"/></div>
<div><span><sup>1</sup> A lantern is a lamp with a handle.</span></div>
"""
    + _PAGE_END.format("1")
    + """<table><tr><td>Item 1A.</td><td>Risk Factors</td></tr></table>
<div><span>Night may end.</span></div>
<img src="chart.jpg" alt="A chart"/>
"""
    + _PAGE_END.format("2")
    + """<div><span style="font-weight:700">Consolidated Statements of Operations (in thousands)</span></div>
<table><tr><td colspan="3" style="width:60%"></td><td colspan="3"></td><td colspan="9">Fiscal year ended</td></tr>
<tr><td colspan="3"></td><td colspan="3"></td><td colspan="3">2023</td><td colspan="3"></td><td colspan="3">2022</td></tr>
<tr><td colspan="3">Net sales<sup>(1)</sup></td><td colspan="3"></td><td>$</td><td><ix:nonFraction name="us-gaap:Revenues">94,680</ix:nonFraction></td><td></td>
<td colspan="3"></td><td>$</td><td>81,462</td><td></td></tr>
<tr><td colspan="3">Operating loss</td><td colspan="3"></td><td colspan="2">(1,204</td><td>)</td><td colspan="3"></td><td colspan="2">(990</td><td>)</td></tr>
<tr><td colspan="3">Change in sales</td><td colspan="3"></td><td colspan="2">16</td><td>%</td><td colspan="3"></td><td colspan="2">&#8212;</td><td></td></tr></table>
<div><span><sup>(1)</sup> Without oil.</span></div>
"""
    + _PAGE_END.format("3")
    + "<div><span>By /s/ Vera Wick</span></div><script>alert(1)</script>\n</body></html>\n"
)

OLD_HTML = (
    b"<HTML><HEAD><TITLE>10-Q</TITLE></HEAD><BODY BGCOLOR=white><FONT SIZE=2>\n"
    b"<P ALIGN=CENTER><B>FORM 10-Q</B></P>\n<P ALIGN=CENTER>For the quarterly period ended September 28, 2002</P>\n"
    b"<P ALIGN=CENTER><B>LANTERN WORKS, INC.</B><BR>(Exact name of registrant as specified in its charter)</P>\n"
    b"<P>The company\x92s \x93quiet\x94 lanterns \x96 all of them &#151; burn.<BR><BR>Second paragraph.\n"
    b"<DL><DT><DD><FONT SIZE=2>An item &lt;script&gt; of &amp;c.</FONT></DL>\n"
    b"<TABLE><TR><TD><FONT SIZE=2>Cash</TD><TD ALIGN=RIGHT>$ 1,200</TD></TR><TR><TD>Oil</TD><TD>(35)</TD></TR></TABLE>\n"
    b'<A NAME="page_2"></A><P ALIGN=CENTER>- 2 -</P>\n<P STYLE="page-break-before:always"></P>\n<P>Third page begins.</P>\n'
    b"<P ALIGN=CENTER>- 3 -</P>\n<P STYLE='page-break-before: always'>Last.</P></FONT></BODY></HTML>\n"
)
"""As editors on Windows wrote it: no declared encoding, curly quotes of Windows-1252, unclosed elements."""

SEC_RELEASE_PAGE = """<html><head><title>Final Rule: Quiet Hours; Release No. 34-99002; File No. S7-99-24</title></head><body>
<table width="100%"><tr><td><a href="/"><img src="seal.gif" alt="SEC Seal"></a></td><td><font size="2"><a href="/index.htm">Home</a> |
<a href="/rules.htm">Previous Page</a></font></td></tr></table>
<table><tr><td>
<p align="center"><font size="+1"><b>SECURITIES AND EXCHANGE COMMISSION</b></font></p>
<p align="center">17 CFR Part 240<br>[Release No. 34-99002; File No. S7-99-24]<br>RIN 3235-ZZ99</p>
<p align="center"><b>Quiet Hours</b></p>
<p><b>AGENCY:</b> Securities and Exchange Commission.</p>
<p><b>ACTION:</b> Final rule.</p>
<p><b>SUMMARY:</b> We are adopting quiet hours.</p>
<p><b>EFFECTIVE DATE:</b> January 6, 2025.</p>
<p><b>I. Introduction</b></p>
<p>Dealers ring bells.<a name="P12_345"></a><sup><a href="#P13_456">1</a></sup> They ring in 2024.<sup><a href="#P14_567">2</a></sup></p>
<p><b>II. Discussion</b></p>
<p>The area is 9 m<sup>2</sup> wide on the 19<sup>th</sup> day.</p>
<h3>Footnotes</h3>
<p><a name="P13_456"></a><sup><a href="#P12_345">1</a></sup> <i>See</i> the Bell Report.</p>
<p>It is long.</p>
<p><a name="P14_567"></a><sup>2</sup> <i>Id.</i> at 3.</p>
</td></tr></table>
<p><a href="http://www.sec.gov/rules/final/34-99002.htm">http://www.sec.gov/rules/final/34-99002.htm</a></p>
</body></html>
"""

PLAIN_TEN_K = """UNITED STATES
SECURITIES AND EXCHANGE COMMISSION

FORM 10-K

For the fiscal year ended December 28, 1996

LANTERN WORKS INC
(Exact name of registrant as specified in its charter)

<PAGE>   2
ITEM 1. BUSINESS

     The Company makes lanterns &amp; oil. Sales fell
last year.

<TABLE>
<CAPTION>
                                  1996        1995
                                --------    --------
<S>                             <C>         <C>
Net sales...................    $  1,200    $    980
Operating loss..............         (35)          -
                                ========    ========
</TABLE>
<PAGE>   3
ITEM 2. PROPERTIES

     One shed.
<PAGE>   4
                                   SIGNATURES

/s/ Vera Wick
"""

SUBMISSION_HEADER = """-----BEGIN PRIVACY-ENHANCED MESSAGE-----
Proc-Type: 2001,MIC-CLEAR

<SEC-DOCUMENT>0000999999-24-000012.txt : 20240214
<SEC-HEADER>0000999999-24-000012.hdr.sgml : 20240214
<ACCEPTANCE-DATETIME>20240214163000
ACCESSION NUMBER:		0000999999-24-000012
CONFORMED SUBMISSION TYPE:	{form}
PUBLIC DOCUMENT COUNT:		3
CONFORMED PERIOD OF REPORT:	20231230
FILED AS OF DATE:		20240214

FILER:

	COMPANY DATA:
		COMPANY CONFORMED NAME:			LANTERN WORKS INC
		CENTRAL INDEX KEY:			0000999999
</SEC-HEADER>
"""


def submission(form: str, main: str, *, wrapper: str = "") -> str:
    """A full submission: an exhibit first, the main document, and a picture."""
    content = f"<{wrapper}>\n{main}\n</{wrapper}>" if wrapper else main
    return (
        SUBMISSION_HEADER.format(form=form)
        + "<DOCUMENT>\n<TYPE>EX-21.1\n<SEQUENCE>2\n<FILENAME>ex21.htm\n<TEXT>\n<html><body>Subsidiaries</body></html>\n"
        "</TEXT>\n</DOCUMENT>\n"
        f"<DOCUMENT>\n<TYPE>{form}\n<SEQUENCE>1\n<FILENAME>lntn.htm\n<DESCRIPTION>REPORT\n<TEXT>\n{content}\n</TEXT>\n</DOCUMENT>\n"
        "<DOCUMENT>\n<TYPE>GRAPHIC\n<SEQUENCE>3\n<FILENAME>chart.jpg\n<TEXT>\nbegin 644 chart.jpg\nM_]C_X\nend\n</TEXT>\n</DOCUMENT>\n"
        "</SEC-DOCUMENT>\n-----END PRIVACY-ENHANCED MESSAGE-----\n"
    )
