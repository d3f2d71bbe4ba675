"""The words of the release that adopts Regulation Quiet Hours; the marks are those of quiet_hours.py."""

ADOPTION = """
! SECURITIES AND EXCHANGE COMMISSION

! 17 CFR Part 240

! Release No. 34-99002; File No. S7-99-24

! RIN 3235-ZZ01

! Regulation Quiet Hours

**AGENCY:** Securities and Exchange Commission.

**ACTION:** Final rule.

**SUMMARY:** The Securities and Exchange Commission (“Commission”) is adopting a new rule under the Securities
Exchange Act of 1934 (“Exchange Act”) that keeps large retail firms from inviting their customers to trade in
the middle of the night. The rule defines quiet hours, bars a quiet-hours dealer from sending prompt messages
during those hours unless the customer has asked for them in writing, and requires a short notice about the
payments that the dealer earns when a customer answers such a message.

**DATES:** _Effective date:_ February 11, 2025. _Compliance date:_ February 11, 2026, as discussed in section
II.F of this release.

**FOR FURTHER INFORMATION CONTACT:** Wren Halloway, Senior Special Counsel, or Otis Marchbank, Special
Counsel, Office of Retail Conduct, Division of Trading and Markets, at (202) 555-0148, Securities and Exchange
Commission, 100 F Street, NE, Washington, DC 20549.

**SUPPLEMENTARY INFORMATION:** The Commission is adopting 17 CFR 240.99z-1 (“Rule 99z-1”) under the Exchange
Act.[[Unless otherwise noted, every reference to a paragraph of Rule 99z-1 is to 17 CFR 240.99z-1 as adopted
in this release.]]

@contents

# I. INTRODUCTION

## A. Background

In January 2024 the Commission proposed a rule on messages that invite retail customers to trade at
night.[[Regulation Quiet Hours, Release No. 34-99001 (Jan. 11, 2024), 89 FR 5001 (Jan. 18, 2024) (“Proposing
Release”).]] The proposal followed a study of the staff, which found that customers who answered such messages
at night paid on average 38 basis points more than customers who answered by day.[[See Proposing Release,
section I.A.]]

We received 143 comment letters, from individual investors, brokers, dealers, trading venues, vendors of
software, researchers and one association of nurses. Most individuals supported the proposal. Firms were
divided: larger ones asked mainly for more time, and smaller ones for a higher threshold. Vendors wrote mainly
about dates, and researchers wrote about the data on which the study of the staff rests.

We have also considered the views that we received at two public meetings, of which summaries are in the
comment file. Nobody who spoke there disputed that prompt messages at night lead to more orders than prompt
messages by day. Speakers disagreed about what follows from it. One commenter argued that the study of the
staff shows only that night owls trade at night.[[Letter of Lanternfish Brokerage LLC (Mar. 11, 2024), at 2.]]
We do not agree, because the study compared customers who did and did not get the same message on the same
night. Where this release speaks of a number of commenters, it counts authors and not letters.[[A form letter
counts once, however many copies came in. For views in favor of the proposal see, for example, letters of
Marguerite Oduya (Feb. 2, 2024), Tomas Vellacott (Feb. 14, 2024) and the Night Savers Circle (Mar. 15, 2024).
A form letter, of which 71 copies came in, asked for a night that starts at 8:00 p.m.; we have read it as
support for the proposal with a longer night. Eleven letters dealt with trading venues or with the price of
market data and did not speak to the proposal at all. Twelve letters came after the end of the comment period
on March 18, 2024; they are in the comment file and we have considered them. Where one author sent several
letters, they count once, and we cite the latest unless an earlier one says more. The letters can be read in
the comment file, and the staff has added a table that shows for every letter which of the seven questions of
the Proposing Release it answers.]]

## B. Overview of the Final Rule

We are adopting Rule 99z-1 with three modifications, one addition and one deletion. The definition of
quiet-hours dealer, the definition of prompt message and the compliance period are modified. A provision for
customers who ask in writing is added. The monthly log is not adopted. The quiet hours, the notice and the
records are adopted as proposed. The terms used, and the reasons for which we changed some of them after the
proposal, are discussed in Part | II. of this release, the costs in Part III, and the paperwork in Part IV.
Venues already sort night orders by kind and by size; for the words that one of the oldest venues uses, see
rule 305. | A. for reference marks an order that may wait for the next day, and B. for action marks an order
that may not. The final rule leaves that practice as it is.

# II. DISCUSSION OF THE FINAL RULE

## A. Quiet-Hours Dealer

### 1. The Message Threshold

We proposed a threshold of 5,000 retail customers. One commenter argued that the threshold should be raised to
50,000 customers, because only the largest firms send messages without a person reading them first.[[Letter of
Lanternfish Brokerage LLC (Mar. 11, 2024), at 6.]] Another commenter suggested that there should be no
threshold at all.[[Letter of the Sleep and Savings Clinic (Mar. 18, 2024), at 3.]] Several smaller firms sent
us budgets. Their figures show that a firm just above 5,000 customers would spend most of its compliance
budget on software that costs the same for every firm.[[For the budgets of firms by the number of their
customers and by the year in which they began, see table | 1. of its annex, in the note of the staff of
October 2, 2024.]]

In response to comments, we are modifying the threshold. As adopted, paragraph (a)(2) defines a quiet-hours
dealer as a broker or dealer that sent prompt messages to more than 10,000 retail customers in any calendar
month of the preceding year. The staff estimates that 25 firms meet that test, and that they send 96 percent
of the messages that the proposed threshold would have covered.

We considered the higher threshold of 50,000 customers. It would have left out firms that together sent 19
percent of the messages in quiet hours. We also considered no threshold at all, which would have reached more
than 900 firms, most of which send fewer than ten prompt messages a month.

### 2. Affiliates and Shared Platforms

Commenters did not object to the treatment of affiliates, and we are adopting it as proposed. A broker or
dealer that sends messages through the platform of an affiliate counts them as its own.[[A message that names
two firms counts for both.]]

As proposed, the count is taken at the end of each month, and a firm that passes the threshold becomes a
quiet-hours dealer on the first day of the next calendar year. One vendor asked whether a firm that buys the
accounts of another firm takes over its count. It does, from the month in which the accounts are moved.

## B. Prompt Messages During Quiet Hours

### 1. Definition of Prompt Message

The proposed definition covered any electronic message that invites a retail customer to place an order. Many
commenters worried that customers could miss a margin call or a fraud alert, since such a message often shows
a button with which securities can be sold.[[Letters of Harrowgate Securities (Mar. 4, 2024), at 2; Pellworm
Clearing Corp. (Mar. 12, 2024), at 9.]] We share that concern. In response to comments, we are modifying the
definition so that it leaves out a service message. A service message is one about a margin call, a warning of
fraud, a delivery failure or a corporate action in a security that the customer holds. A message does not
become a service message because it mentions a holding of the customer; it has to be one that the dealer would
send even if it earned nothing from an order.

Some commenters asked us to leave out news as well. We are not doing so. A message that reports news about a
company and shows a button for an order is the typical case that the rule is meant to reach, and a dealer that
wishes to send news at night can do so without the button.[[The dealer would also have to leave out a link
that opens the page on which an order is entered, as the Proposing Release explained in section II.B.1.]]

### 2. Definition of Quiet Hours

Commenters proposed many other hours, the earliest of them starting at 8:00 p.m. and the latest at midnight.
We are adopting the definition as proposed: quiet hours are the period from 9:00 p.m. to 7:00 a.m. in the time
zone of the address of record of the retail customer.

A longer night would add little, since few messages are sent between 8:00 p.m. and 9:00 p.m., and it would cut
into hours in which many people look after their savings. A shorter night would give up a third of the
benefit. We also think that hours which a customer can remember are worth more than hours that fit every
habit.

#### a. Time Zone of the Customer

One commenter stated that a firm may hold two addresses.[[Letter of Pellworm Clearing Corp., at 11.]] In that
case the firm should use the address to which it sends account statements.

#### b. Days on Which the Market Is Closed

As proposed, the hours are the same on weekends and on holidays.

### 3. The Bar on Messages

We are adopting paragraph (b) as proposed, with one exception that is discussed next. The bar attaches to the
moment of sending, and a message that is queued by day and is sent at 2:00 a.m. is therefore barred, even if
the customer placed an order in the meantime and even if the firm had no means of knowing whether the
telephone was switched on.[[The time that counts is the time at which the message leaves the systems of the
dealer or of its vendor, as shown in the records that paragraph (d) requires.]]

One vendor asked what happens when a message is handed to a telephone company in time and is delivered late.
The time of delivery does not matter. A dealer that knows of a regular delay should, however, take it into
account, and a practice of handing over messages one minute before quiet hours begin could be evidence of an
evasion.

## C. Written Request of the Customer

The proposal had no provision for customers who wish to be woken. Commenters pointed out that some customers
live in one time zone and work at night in another.[[Letter of the Association of Night Nurses (Feb. 27,
2024), at 1.]] In response to comments, we are adding paragraph (e). Under it the bar does not apply to a
retail customer who has asked in writing to receive prompt messages during quiet hours. The request lasts for
one year. A dealer may not make an account, a price or a gift depend on it.

A dealer may ask for the request when an account is opened, but should not tick the box for the customer. The
dealer has to keep the request for as long as the records of the messages that rest on it. We considered a
request without an end and rejected it, because people forget what they once asked for.[[Eight of the ten
commenters who favored a written request favored an end to it as well; they named periods from six months to
three years.]]

## D. Quiet-Hours Notice

We are adopting paragraph (c) as proposed. A quiet-hours dealer must deliver a notice of no more than one page
before the first prompt message and once in every calendar year after that. One commenter argued that the
amount of the payments is a business secret.[[Letter of Lanternfish Brokerage LLC, at 14.]] We disagree, since
the rule asks for the kind and the range of the payments and not for any contract.

Two consumer groups asked for a form. We are not adopting one, since the payments are made in too many ways to
fit one table. A dealer should write the notice in plain words and should not place it behind a link. The
staff will publish two examples before the compliance date; a dealer that follows one of them has still to
check that it is true for its own payments.

## E. Records and Monthly Log

### 1. Records

We are adopting the requirement to keep the text and the time of every prompt message for five years as
proposed. Commenters told us that firms keep these records already.

A dealer that uses a vendor remains responsible for the records, as the Proposing Release explained. The
records have to show the time zone that the dealer used for the customer.

### 2. Monthly Log

After considering the comments, we are not adopting the monthly log on Form QH. Commenters persuaded us that
the log would repeat information that examiners can already obtain from the records, at a third of the
paperwork of the whole rule.[[See section IV of this release.]]

## F. Compliance Period

We proposed a period of six months. Vendors and larger firms explained that six months would force firms to
change their systems during the year-end freeze, when most of them allow no new software.[[Letter of Quillon
Message Systems (Mar. 18, 2024), at 5.]] In response to comments, we are modifying the compliance period. A
quiet-hours dealer must comply no later than twelve months after the effective date, that is, by February 11,
2026.

The effective date is February 11, 2025, which is 60 days after publication. We considered a longer period for
smaller firms, but with the higher threshold no small firm is left that would need it. A dealer may comply
early. During the compliance period a dealer should not tell customers that it follows the rule unless it
does.

## G. Comments on the Scope of Final Rule 99z-1 and on Its Interaction With Other Rules on Communications With
Customers

Some commenters asked how the rule fits with rules of self-regulatory organizations on the content of
messages. Those rules say what a message may contain; Rule 99z-1 says when it may be sent. A firm that
complies with one has not thereby complied with the other. We answer three questions that came up more than
once:

? Does a podcast count as a prompt message? No, because a customer has to choose to play it.

? Does a message count that was sent by mistake? Yes, but a firm should write down how the mistake arose.

? May an affiliate outside the United States send the message? No, if it is sent for the dealer.

# III. ECONOMIC ANALYSIS

## A. Baseline

The 25 firms that are quiet-hours dealers under the final rule hold 58 million accounts. They sent about 2.8
billion prompt messages in 2022, of which about 14 percent fell in the quiet hours.[[The figures for 2022 are
those of the Proposing Release for the firms that remain covered.]]

Since the proposal three of the 25 firms have begun to hold messages back at night, so that nine firms now do
so by their own choice. Their orders at night fell by about a quarter in the six months after the change. We
cannot tell how much of the fall is due to it, because trading by retail customers fell in the same months at
all firms.

## B. Benefits and Costs

We estimate that customers will save about $71 million a year, which is $3 million less than estimated in the
Proposing Release, because 15 firms fall below the new threshold. Those 15 firms save together about $4.7
million in the first year. The longer compliance period delays benefits of about $35 million by half a year.
One commenter claimed that the rule would cost the industry $900 million a year; the letter gives no source,
and we were not able to reproduce the figure.[[Letter of Lanternfish Brokerage LLC, at 17.]]

The direct costs are those of changing software, which we continue to estimate at $310,000 for each firm in
the first year and $45,000 in each later year.

## C. Effects on Competition and Capital Formation

The higher threshold leaves more firms outside the rule. A firm outside might try to win customers with
messages at night, but it would come under the rule in the next calendar year once it has more than 10,000
customers who get such messages. We continue to expect no measurable effect on capital formation.

We considered a warning in each message in place of a bar, which several firms favored. The firms sent no data
on how often warnings are read. In the one test that was sent to us, by a group of researchers, 6 percent of
the readers could say a day later what the warning said.[[Letter of the Palisade Workshop on Attention (Mar.
1, 2024), at 8.]]

# IV. PAPERWORK REDUCTION ACT

The notice and the records are collections of information.[[44 U.S.C. 3501 _et seq._]] We estimate that each
of 25 respondents will spend 96 hours in the first year, for a total of 2,400 hours and $1,008,000 at $420 for
each hour. The estimate for one firm is lower than the 120 hours in the Proposing Release because the monthly
log falls away, and is raised by 16 hours for written requests.

No commenter disputed the estimate of 50 hours for the notice or that of 30 hours for the records. The
collection is mandatory, and the records are open to examiners only.

# V. REGULATORY FLEXIBILITY ACT CERTIFICATION

The Commission certified in the Proposing Release that the rule would not have a significant economic impact
on a substantial number of small entities. We received no comment on the certification, and the higher
threshold leaves small firms still further outside the rule.[[Compare 17 CFR 240.0-10(c).]]

# VI. STATUTORY AUTHORITY

The Commission is adopting Rule 99z-1 under the authority set forth in sections 3, 15, 17 and 23 of the
Exchange Act.

# VII. TEXT OF THE FINAL RULE

For the reasons stated above, the Commission is amending title 17, chapter II of the Code of Federal
Regulations by adding § 240.99z-1 to read as follows:

! § 240.99z-1 Quiet hours.

(a) _Definitions._ For purposes of this section:

(1) _Prompt message_ means any electronic message, sent by or for a broker or dealer without a request of the
customer, that invites a retail customer to place an order in a security. The term does not include a service
message, that is, a message about a margin call, a warning of fraud, a delivery failure or a corporate action
in a security that the customer holds.

(2) _Quiet-hours dealer_ means a broker or dealer that sent prompt messages to more than 10,000 retail
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

(e) _Written request._ Paragraph (b) of this section shall not apply to a retail customer who, within the
preceding year, has asked in writing to receive prompt messages during quiet hours.

(f) _Compliance._ A quiet-hours dealer shall comply with this section no later than twelve months after the
effective date of this section.

By the Commission.

Dated: December 5, 2024.
"""
