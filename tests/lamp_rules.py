"""Two invented releases on one rule, years apart: the rule on lamps, and what amends it. No proposal lies between."""

FIRST = """SECURITIES AND EXCHANGE COMMISSION 17 CFR PART 299

[Release No. 34-99101; File No. S7-99-03] RIN 3235-ZZ01

Lamps of Dealers

AGENCY: Securities and Exchange Commission.

ACTION: Final rule.

SUMMARY: The Commission is adopting a rule on the lamps of dealers under the Securities Exchange Act of 1934.

EFFECTIVE DATE: March 3, 2004.

SUPPLEMENTARY INFORMATION: The Commission is adopting Rule 9 under the Exchange Act.

I. Introduction

Lamps light the rooms in which dealers trade after dark. The rule that we adopt today sets out how lamps are tested.

II. Discussion of the Rule

A. Testing Period

Rule 9(b) requires a dealer to test each lamp within 10 days after the lamp was bought from its maker. A dealer that
does not test a lamp within the testing period may not use it in a trading room.

B. Exception for Candle Makers

Rule 9(c) excepts candle makers from the testing requirement for lamps that hold no more than two candles each. The
exception for candle makers applies only to candles that the candle makers made themselves.

C. Small Dealers

A dealer is a small dealer for the testing of lamps if it holds assets of less than $5 million. Small dealers may
keep their lamp records on paper.

III. Storage of Oil

A. Barrels for Oil

Oil must be kept in barrels of iron that stand apart from every trading room, in a cellar with a door of its own. The
barrels are emptied once a year, and the cellar is aired on the first day of every month of the year, in the morning.
A cellar that holds oil for more than 90 days needs a second door made of thick iron. The two doors must
lie on opposite sides of the cellar so that nobody has to walk past a burning barrel on the way out of it.

B. Transport of Oil

Carts that bring oil must bear a bell which rings as long as the cart moves, by day and by night. The driver of a cart
walks in front of the horse in every street that is less than six yards wide, and rests for an hour after each ride.
Two carts may not pass one another in such a street, and the one that came later waits at the corner until the other
has left the street and its bell is heard no longer by the driver.
"""

SECOND = """SECURITIES AND EXCHANGE COMMISSION 17 CFR PART 299

[Release No. 34-99102; File No. S7-99-09] RIN 3235-ZZ02

Amendments to the Rule on Lamps

AGENCY: Securities and Exchange Commission.

ACTION: Final rule.

SUMMARY: The Commission is adopting amendments to the rule on the lamps of dealers under the Securities Exchange Act.

EFFECTIVE DATE: June 1, 2010.

SUPPLEMENTARY INFORMATION: The Commission is amending Rule 9 under the Exchange Act.

I. Introduction

Lamps have changed since 2004. In 2004, we adopted a rule that sets out how the lamps of dealers are tested.

II. Discussion of the Amendments

A. Testing Period

1. Proposed Amendment

We proposed to lengthen the testing period of Rule 9(b) from 10 days to 20 days after the lamp was bought.

2. Comments on the Amendment

Two commenters supported the longer testing period. One commenter recommended a testing period of 90 days for lamps.

3. Final Amendment

We are adopting the amendment to the testing period as proposed. We believe that a dealer needs more time to test each
lamp because lamps have become harder to test.

B. Exception for Candle Makers

As a result of the amendments, candle makers will no longer be excepted from the testing requirement for lamps.
The exception harmed buyers of lamps.

C. Small Dealers

We are not amending the definition of a small dealer for the testing of lamps, which remains a dealer that holds assets
of less than $5 million.

D. Cellars of Small Dealers

Nothing changes for cellars. A cellar that holds oil for more than 60 days needs a second door made of thick iron.
"""
