"""The words of an invented rule, Regulation Quiet Hours, as proposed; as adopted, see quiet_hours_adopted.py.

Paragraphs are separated by an empty line. At the start of a paragraph: ``#`` to ``####`` is a heading of that
level, ``!`` a bold line of the cover or of the rule text, ``-`` a bullet, ``?`` a numbered question, ``@`` an
order to the typesetter. Inside: ``[[...]]`` is a footnote called there, ``**...**`` bold, ``_..._`` italic,
and a ``|`` between spaces ends the printed line. Nothing here is copied from a real release.
"""

PROPOSAL = """
! SECURITIES AND EXCHANGE COMMISSION

! 17 CFR Part 240

! Release No. 34-99001; File No. S7-99-24

! RIN 3235-ZZ01

! Regulation Quiet Hours

**AGENCY:** Securities and Exchange Commission.

**ACTION:** Proposed rule.

**SUMMARY:** The Securities and Exchange Commission (“Commission”) is proposing a new rule under the
Securities Exchange Act of 1934 (“Exchange Act”) that would keep large retail firms from inviting their
customers to trade in the middle of the night. The proposed rule would define quiet hours, would bar a
quiet-hours dealer from sending prompt messages during those hours, and would require a short notice about the
payments that the dealer earns when a customer answers such a message.

**DATES:** Comments should be received on or before March 18, 2024.

**ADDRESSES:** Comments may be submitted by any of the following methods:

- Use the comment form of the Commission (https://example.gov/rules/proposed); or

- Send an e-mail to comments@example.gov. Please include File Number S7-99-24 on the subject line.

**FOR FURTHER INFORMATION CONTACT:** Wren Halloway, Senior Special Counsel, or Otis Marchbank, Special
Counsel, Office of Retail Conduct, Division of Trading and Markets, at (202) 555-0148, Securities and Exchange
Commission, 100 F Street, NE, Washington, DC 20549.

**SUPPLEMENTARY INFORMATION:** The Commission is proposing 17 CFR 240.99z-1 (“Rule 99z-1”) under the Exchange
Act.[[Unless otherwise noted, every reference to a paragraph of Rule 99z-1 is to 17 CFR 240.99z-1 as it would
read if adopted.]]

@contents

# I. INTRODUCTION

## A. Background

A customer who holds shares through a telephone application can now trade at almost any hour. Several trading
venues accept orders through the night, and firms compete for the orders that arrive there, in most cases by
paying for them with a rebate or with better data.[[In the twelve months that ended in September 2023, three
venues accepted orders in listed stocks between 9:00 p.m. and 4:00 a.m. Eastern time. Together they reported
1.6 percent of share volume.]] Some firms send messages in those hours that say that a price has moved and
that show a button with which an order can be placed. A customer who touches the button twice has traded.

In May 2023 a group of savers asked us to look into these messages.[[Petition of the Night Savers Circle, File
No. 4-9901 (May 9, 2023).]] One commenter argued that any limit on the hour of a message would treat adults
like children, and that customers can silence a telephone by themselves.[[Letter of Lanternfish Brokerage LLC
(June 30, 2023), at 4.]] Another commenter suggested that the limit should cover every message of every
firm.[[Letter of the Sleep and Savings Clinic (July 6, 2023), at 2.]]

The staff read 212,000 such messages that nine firms sent in one month. Messages that were sent between
midnight and 5:00 a.m. led to an order within 30 minutes in 11 percent of cases, against 4 percent for the
same text sent at noon. Customers who answered at night paid on average 38 basis points more, measured against
the price at the next regular opening, than customers who answered by day.[[The cost is the price paid less
the opening price of the next regular session, divided by that opening price, with the sign reversed for
sales. The staff left out securities with fewer than 100 trades in the month, orders for less than one share,
and orders that were cancelled by the venue. The measure says nothing about what the customer would have done
without the message; a customer who reads a message at three in the morning may be one who would have traded
at that hour in any case. The staff therefore also compared customers of the same firm who, by the chance of a
test that the firm was running, did and did not get the message on the same night. In that comparison the
difference was 29 basis points, with a 95 percent confidence interval from 21 to 37 basis points. The staff
repeated the work for two other months, one with falling and one with rising prices, and found 24 and 33 basis
points. It did not study options, bonds or orders above 10,000 shares, and it had no data from firms that send
no messages. The sample holds 1.3 million accounts, of which 212 placed more than a thousand orders in one of
the three months; leaving these accounts out changes no figure by more than one basis point. A note on the
data, the sample and the code has been placed in the comment file, so that readers can repeat the work and
tell us where they disagree.]]

Existing rules speak to what a firm may say and not to when it may say it. A firm that recommends a security
has duties of care and of disclosure toward the customer, but a message that only reports a price and shows a
button may not be a recommendation. Rules against misleading statements apply at every hour, and a message can
be true in every word and still arrive at a time at which few people decide well.[[Nothing in this release is
meant to say when a message is a recommendation. That question depends on the facts, and it is open to a firm
to treat every prompt message as one.]] We therefore see a gap that a rule about the hour could close at a
modest cost.

## B. Overview of the Proposal

The proposal is narrow. It would not forbid trading at night, would not limit messages that a customer asks
for, and would not reach a firm that sends few messages. The terms used, and the reasons for which we chose
them over wider ones, are discussed in Part | II. of this release, the costs in Part III, and the paperwork in
Part IV. Venues already sort night orders by kind and by size; for the words that one of the oldest venues
uses, see rule 305. | A. for reference marks an order that may wait for the next day, and B. for action marks
an order that may not. We preliminarily believe that a rule about messages, rather than about orders, would
leave that practice as it is.

# II. DISCUSSION OF THE PROPOSED RULE

## A. Quiet-Hours Dealer

### 1. The Message Threshold

Proposed paragraph (a)(2) would define a quiet-hours dealer as a broker or dealer that sent prompt messages to
more than 5,000 retail customers in any calendar month of the preceding year. The staff estimates that 40
firms would meet that test.[[The estimate rests on answers of 61 firms to a request of the staff. For the
number by firm, see table | 1. of its annex, which is in the comment file.]] A firm that stays at or below the
threshold in all twelve months would have no duty under the rule.

We chose a count of customers and not a count of messages, because a firm with a few very active customers
should not be caught, while a firm that sends one message to each of many customers should be.

### 2. Affiliates and Shared Platforms

A broker or dealer that sends messages through the platform of an affiliate would count them as its own. Two
firms that share a platform would each count only the messages sent to their own customers.[[A message that
names both firms would count for both.]]

The count would be taken at the end of each month. A firm that passes the threshold for the first time would
become a quiet-hours dealer on the first day of the next calendar year, so that it has at least one month in
which to prepare. A firm that falls below the threshold would remain a quiet-hours dealer until it has stayed
below for twelve months in a row.

New firms have no preceding year. For them the count would begin with the month in which the first account is
opened, and a new firm that merges with an existing one would take over the count of that firm.

## B. Prompt Messages During Quiet Hours

### 1. Definition of Prompt Message

Proposed paragraph (a)(1) would define a prompt message as any electronic message, sent by or for a broker or
dealer without a request of the customer, that invites a retail customer to place an order in a security. The
term would include an alert on a telephone, an e-mail, a text message and a message inside the application. It
would include a message that reports a price and shows a button for an order. It would not include a message
that a person at the firm writes to one customer, such as an answer to a question.

The words “invites a retail customer to place an order” are meant to be read by what a message does and not by
what it says. A message with the words “no action needed” is still a prompt message if it opens the page on
which an order is entered. By contrast, a monthly statement is not a prompt message merely because the
application in which it is shown has a button for orders on every page.

### 2. Definition of Quiet Hours

Quiet hours would be the period from 9:00 p.m. to 7:00 a.m. in the time zone of the address of record of the
retail customer.

#### a. Time Zone of the Customer

We propose to look to the address of record, which the firm already holds, and not to the place where the
telephone happens to be.[[A firm would not have to follow a customer who travels.]] A firm should update the
time zone within one week after it learns of a new address.

#### b. Days on Which the Market Is Closed

The hours would be the same on weekends and on holidays, since a customer sleeps on those days as well.

We considered shorter hours for Friday and Saturday nights, when many people stay up late. The data of the
staff show no smaller effect on those nights, and two sets of hours would be harder to explain in a notice of
one page.

### 3. The Bar on Messages

Proposed paragraph (b) would provide that a quiet-hours dealer shall not send a prompt message to a retail
customer during quiet hours. The bar would attach to the moment of sending. A message that is sent at 8:59
p.m. and is read at midnight would be allowed, and a message that is queued by day and is sent at 2:00 a.m.
would not, even if the customer placed an order in the meantime and even if the firm had no means of knowing
whether the telephone was switched on.[[The rule would look to the time at which the message leaves the
systems of the dealer or of its vendor, as shown in the records that proposed paragraph (d) would require.]]

## C. Quiet-Hours Notice

Proposed paragraph (c) would require a quiet-hours dealer to deliver a notice of no more than one page to each
retail customer before the first prompt message and once in every calendar year after that. The notice would
state three things: the quiet hours that apply to the customer; how the customer can stop all prompt messages;
and the payments that the dealer receives for orders placed within 30 minutes after a prompt
message.[[Payments would include rebates of a venue, payment for order flow, and any part of a spread that the
dealer keeps.]] We preliminarily believe that a customer who knows how the firm is paid can better judge why
the message came.

The notice could be sent by e-mail or shown in the application, as long as the customer can keep it. A dealer
should write the notice in plain words and should not place it behind a link. If the payments differ from one
venue to another, the notice would give the lowest and the highest amount for 100 shares. We are not proposing
a form for the notice, but we are asking below whether a form would help.[[The staff tested three drafts with
84 readers. The draft with a table of payments was understood best, and the draft without any number worst.]]

## D. Records and Monthly Log

### 1. Records

A quiet-hours dealer would preserve the text and the time of every prompt message for five years, the first
two years in an easily accessible place.

The records would have to show the time zone that the dealer used for the customer, since without it an
examiner could not tell whether a message was sent during quiet hours. A dealer that uses a vendor would
remain responsible for the records, and would need a contract under which the vendor hands them over on
request.

### 2. Monthly Log

Proposed paragraph (e) would require a quiet-hours dealer to file with the Commission a log on Form QH no
later than 15 days after the end of each month. The log would give, for each hour of the day, the number of
prompt messages sent and the number of orders that followed within 30 minutes.

The log is meant to let the staff see a change in practice early. The first log would be due in the month
after the compliance date. A log with no message in quiet hours would still have to be filed.

## E. Compliance Period

A quiet-hours dealer would have to comply no later than six months after the effective date of the rule. We
understand that firms now schedule messages with software that can already hold a message until morning.

We do not propose different periods for larger and for smaller firms. A dealer could comply early, and nothing
in the proposal would keep a firm that is not a quiet-hours dealer from following the rule of its own accord.

## F. Request for Comment on the Scope of Proposed Rule 99z-1 and on Its Interaction With Other Rules on
Communications With Customers

We request comment on every aspect of the proposal, and in particular on the following:

? Is 5,000 retail customers the right threshold, or should it be higher or lower? Please give data on the cost
for firms near the threshold.

? Should the definition of prompt message leave out messages about the account of the customer, such as a
margin call or a warning of fraud? If so, how should the two kinds be told apart?

? Should a retail customer be able to ask in writing for messages during quiet hours?

? Would the monthly log on Form QH give the Commission anything that the records would not?

? Is a period of six months enough to comply? If not, how long would a firm need, and why?

? Should the Commission provide a form for the notice? If so, what should stand at its top?

? Do customers of small firms need the same protection as customers of large ones? Please explain why or why
not.

# III. ECONOMIC ANALYSIS

## A. Baseline

The 40 firms that would be quiet-hours dealers hold 61 million accounts. They sent about 2.9 billion prompt
messages in 2022, of which about 14 percent fell in the proposed quiet hours.[[The share differs widely: it is
below 2 percent at 17 firms and above 40 percent at four.]] No rule now limits the hour of such a message, and
six of the 40 firms hold messages back at night by their own choice.

Customers differ in how they use the messages. About 71 percent of accounts never placed an order within 30
minutes after a prompt message, and 3 percent of accounts placed more than half of all such orders.[[These are
shares of accounts and not of persons, as a person may hold accounts at several firms.]] The customers in the
second group are younger, hold smaller accounts and trade in fewer securities than the others.

Trading venues that are open at night compete with one another mainly for orders of retail customers. They set
their fees so that a firm that brings an order is paid, and about 60 percent of what they take in is passed on
to firms in this way.

## B. Benefits and Costs

The main benefit would be that customers trade less often at poor prices. If half of the night orders that now
follow a prompt message were placed after the opening instead, customers would save about $74 million a year
at the cost difference that the staff measured. Firms would lose part of the payments that they receive for
those orders, which we estimate at $22 million a year. That loss is a transfer and not a cost to the economy
as a whole.

The direct costs would be those of changing software, estimated at $310,000 for each firm in the first year
and $45,000 in each later year. One alternative would be a longer or shorter night. Starting quiet hours at
11:00 p.m. would keep about two thirds of the benefit.

## C. Effects on Competition and Capital Formation

Firms that now earn most from night orders would lose most. Five firms take in more than a tenth of their
revenue from such orders, and they might raise other prices or leave the business of night trading. We do not
expect a measurable effect on capital formation, because the prices at which companies raise money are set by
day.

A second alternative would be to require a warning in each message in place of a bar. We preliminarily believe
that a warning would be read rarely and would be forgotten soon. A third alternative would be to let each
customer choose the hours; that would cost more, because a firm would have to hold a table of hours for every
account.

# IV. PAPERWORK REDUCTION ACT

The notice, the records and the monthly log would be collections of information.[[44 U.S.C. 3501 _et seq._]]
We estimate that each of 40 respondents would spend 120 hours in the first year, for a total of 4,800 hours
and $1,968,000 at $410 for each hour. Of the 120 hours, 50 would be for the notice, 30 for the records and 40
for the monthly log. The records would be mandatory, and the log would be kept confidential.

We request comment on whether these estimates are right, on whether the information would be useful, and on
how the burden could be made smaller. The collection would have no retention period other than the five years
of proposed paragraph (d).

# V. REGULATORY FLEXIBILITY ACT CERTIFICATION

The Commission certifies that the proposed rule would not, if adopted, have a significant economic impact on a
substantial number of small entities. A broker or dealer is small for this purpose if it had total capital of
less than $500,000 at the end of the prior year and is not an affiliate of a firm that is not small.[[Compare
17 CFR 240.0-10(c).]] No firm of that size sends prompt messages to more than 5,000 retail customers.

# VI. STATUTORY AUTHORITY

The Commission is proposing Rule 99z-1 under the authority set forth in sections 3, 15, 17 and 23 of the
Exchange Act.

# VII. TEXT OF THE PROPOSED RULE

For the reasons stated above, the Commission is proposing to amend title 17, chapter II of the Code of Federal
Regulations by adding § 240.99z-1 to read as follows:

! § 240.99z-1 Quiet hours.

(a) _Definitions._ For purposes of this section:

(1) _Prompt message_ means any electronic message, sent by or for a broker or dealer without a request of the
customer, that invites a retail customer to place an order in a security.

(2) _Quiet-hours dealer_ means a broker or dealer that sent prompt messages to more than 5,000 retail
customers in any calendar month of the preceding year.

(3) _Quiet hours_ means the period from 9:00 p.m. to 7:00 a.m. in the time zone of the address of record of
the retail customer.

(4) _Retail customer_ means a natural person who holds a securities account mainly for personal, family or
household purposes.

(b) _Silence._ A quiet-hours dealer shall not send a prompt message to a retail customer during quiet hours.

(c) _Notice._ Before the first prompt message, and once in every calendar year after that, a quiet-hours
dealer shall deliver to the retail customer a notice of no more than one page that states:

(1) The quiet hours that apply to the customer;

(2) How the customer can stop all prompt messages; and

(3) The payments that the dealer receives for orders placed within 30 minutes after a prompt message.

(d) _Records._ A quiet-hours dealer shall preserve for five years, the first two years in an easily accessible
place, the text and the time of every prompt message.

(e) _Monthly log._ A quiet-hours dealer shall file with the Commission a log on Form QH no later than 15 days
after the end of each month.

(f) _Compliance._ A quiet-hours dealer shall comply with this section no later than six months after the
effective date of this section.

By the Commission.

Dated: January 11, 2024.
"""
