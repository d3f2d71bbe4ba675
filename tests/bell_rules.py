"""Two invented releases on one rule, and what happened in between: bells of carts. No proposal lies between."""

FIRST = """SECURITIES AND EXCHANGE COMMISSION 17 CFR PART 299

[Release No. 34-99201; File No. S7-98-03] RIN 3235-ZZ11

Bells of Carts

AGENCY: Securities and Exchange Commission.

ACTION: Final rule.

SUMMARY: The Commission is adopting a rule on the bells of carts under the Securities Exchange Act of 1934.

EFFECTIVE DATE: March 3, 2004.

SUPPLEMENTARY INFORMATION: The Commission is adopting Rule 8 under the Exchange Act.

I. Introduction

Carts bring paper to the trading rooms after dark. The rule that we adopt today sets out how their bells are rung.

II. Discussion of the Rule

A. Ringing

Rule 8(b) requires a carter to ring the bell at every corner. The requirement to ring the bell at every corner does
not apply to carts that were bought before the town put up street lamps.

B. Weight of Bells

Rule 8(c) says how heavy a bell is. A bell of bronze is heavier than a bell of tin and is heard from farther away.

III. Paperwork Reduction Act

The rule on bells contains collection of information requirements within the meaning of the Paperwork Reduction Act of
1995. A carter keeps a list of the corners at which the bell was rung.

IV. Costs of Bells

A. Carters in Towns

1. First Year

We estimate that the 300 carters in towns will spend 600 hours on fitting bells to their carts in the first year.
"""

SECOND = """SECURITIES AND EXCHANGE COMMISSION 17 CFR PART 299

[Release No. 34-99202; File No. S7-98-09] RIN 3235-ZZ12

Amendments to the Rule on Bells

AGENCY: Securities and Exchange Commission.

ACTION: Final rule.

SUMMARY: The Commission is adopting amendments to the rule on the bells of carts under the Securities Exchange Act.

EFFECTIVE DATE: June 1, 2010.

SUPPLEMENTARY INFORMATION: The Commission is amending Rule 8 under the Exchange Act.

I. Introduction

Carts have become faster since 2004, and more of them have two bells.

II. Discussion of the Amendments

A. Ringing

Rule 8 had an exception. It was the “old cart” provision, which excepted carts that were bought before the town put up
street lamps from the requirement to ring the bell at every corner. On May 4, 2006, we approved an amendment, as
proposed, to eliminate the “old cart” provision.

B. Weight of Bells

As proposed, Rule 8(c) would require that the weight of bells of bronze be more than nine pounds. The Commission
isadopting the amendment to the weight of bells as proposed.

C. Accidents since the Rule

Accidents of carts at corners declined by 41.5% in the first year. Accidents of carts between corners increased by
12.5%. The number of broken bells rose by 7.2%. One commenter wrote that broken lamps rose by 9.9%.

III. Paperwork Reduction Act

The amendments to the rule on bells do not contain a collection of information within the meaning of the Paperwork
Reduction Act of 1995.

IV. Costs of Bells

A. Carters in Towns

We estimate that the 450 carters in towns will spend 900 hours on fitting bells to their carts in the first year.
"""
