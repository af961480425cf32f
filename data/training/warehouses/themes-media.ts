/** Warehouses about money, media and leisure, in the notation that read-theme.ts reads. */
export const mediaThemes: readonly string[] = [
  `streaming
  studio/studios/by: studio name =mix{Red, Moon, Iron, Paper | Pictures, Films, Studio}; country {USA, India, Korea, Nigeria, UK}
  film/films: title =mix{Night of, Return of, Secret of, Children of, Road to | Stars, Rain, Fire, Dust, Echoes}; -> studio; genre! {drama, comedy, horror, documentary}; runtime rate 70..190; release date past 0..30 @were released; budget rate 100000..90000000 ?
  subscriber/subscribers/of: user name =person; plan {basic, standard, premium}; country {USA, India, Korea, Nigeria, UK}; signed up past 0..6 @signed up/sign up
  view/views/of/subscriber=watched a film|watch a film: -> film; -> subscriber; watched at moment; minutes watched whole 1..190 ~viewing time; device! {phone, tablet, tv, laptop}; rating rate 1..10 ?; finished flag`,
  `advertising
  advertiser/advertisers/of: name =mix{Fresh, Smart, Urban, Pure | Drinks, Shoes, Beauty, Travel}; sector {food, fashion, tourism, tech}
  campaign/campaigns/for: campaign name =mix{Spring, Summer, Launch, Winter, Holiday | Push, Boost, Wave, Story}; -> advertiser; objective! {awareness, traffic, sales}; start date past 0..3 @started/start; budget/budgets rate 500..90000
  ad day/ad days: -> campaign; day day; impressions whole 100..90000; clicks whole 0..3000; spend money 5..2500 ~ad spend, cost; conversions whole 0..90; platform! {search, social, video, display}`,
  `bank
  branch/branches/at: branch name =mix{Main, Station, Hill, Garden | Street, Square, Avenue}; city place; opened past 2..60 @opened/open
  customer/customers/of: full name =person; -> branch; segment! {retail, student, corporate}; birth date past 18..88 @were born; email email; credit score rate 300..850
  account/accounts/of/customer=opened an account|open an account: -> customer; account type! {checking, savings, deposit}; opened on day; balance/balances money -500..60000 ~money held; frozen flag
  transaction/transactions: -> account; booked at moment; amount/amounts money 1..4000 ~volume; direction {credit, debit}; category! {groceries, rent, salary, travel, leisure}; fee/fees money 0..9 ?`,
  `loans
  officer/officers/by: officer name =person; office place
  borrower/borrowers/of: name =person; employment {employed, self-employed, retired, student}; yearly income rate 9000..160000
  loan/loans/of/borrower=took a loan|take a loan: -> borrower; -> officer; granted on day; principal money 500..90000 ~loan volume, amount lent; interest rate rate 1..14; term months whole 6..120; purpose! {car, house, education, business}; status {open, repaid, defaulted}
  repayment/repayments: -> loan; paid on day; paid amount/paid amounts money 20..3000; late flag`,
  `podcasts
  network/networks/of: network name =mix{Wave, Echo, Loud, Clear | Audio, Media, Cast}; founded past 1..15 @were founded
  show/shows: show title =mix{Daily, Weekly, Curious, Honest | Science, Crime, Money, Sports, Kitchen}; -> network; language! {English, Spanish, Hindi, French}; explicit flag
  episode/episodes: -> show; episode title person; published on day; length minutes whole 8..140; downloads whole 50..90000; ad income money 0..4000 ?~ad revenue; sponsor {none, Vello, Kip, Zanto}`,
  `subscriptions
  plan/plans/on: plan name =list{Starter, Team, Business, Enterprise, Nonprofit}; monthly price rate 0..900; seats whole 1..500
  organization/organizations/of: org name =mix{Bright, Silver, Red, Wild, North | Bakery, Studio, Clinic, School, Works}; country {Canada, Kenya, Japan, Germany, Peru}; size {small, medium, large}; signup date past 0..5 @signed up/sign up
  invoice/invoices: -> organization; -> plan; issued on day; paid on day?; amount/amounts money 10..5000 ~billed revenue, revenue; state! {paid, open, overdue, void}; discounted flag`,
  `museum
  museum/museums/at: museum =mix{City, Royal, Modern, Maritime, Folk | Museum, Gallery}; city place; founded past 10..200 @were founded
  exhibition/exhibitions: title =mix{Light and, Colours of, Faces of, Treasures of | Shadow, Africa, Venice, Asia, Time}; -> museum; theme {art, science, history}; opening date past 0..4 @opened/open; entry price rate 4..25
  ticket sale/ticket sales: -> exhibition; sold at moment; tickets whole 1..40 ~visitors; paid/payments money 4..600 ~takings, revenue; visitor type! {adult, child, group, senior}; online flag`,
  `football
  league/leagues/in: league name =list{Premier Division, Second Division, Coastal League, Northern League}
  club/clubs/of: club name =mix{FC, Real, Sporting, United | Varna, Bergen, Lyonne, Tarma, Osaka}; -> league; stadium seats rate 2000..80000; founded past 10..140 @were founded
  player/players/of: name =person; -> club; position! {goalkeeper, defender, midfielder, forward}; birth date past 17..38 @were born; market value rate 100000..60000000; injured flag
  match record/match records: -> player; match date day; goals whole 0..4 ~goals scored; minutes played whole 1..95; rating rate 3..10 ?; competition {league, cup, friendly}`,
  `real estate
  agent/agents/by: agent name =person; office place; commission rate rate 1..6; started past 0..25 @started/start
  property/properties: address =mix{12 Oak, 5 Mill, 88 Lake, 41 High, 7 Station, 19 Park | Street, Road, Lane, Avenue}; type! {house, flat, villa, studio}; living area rate 25..420; rooms whole 1..9; built past 0..120 @were built; furnished flag
  viewing/viewings: -> property; -> agent; viewed at moment; visitor person; offer/offers money 50000..900000 ?; result! {interested, declined, undecided}
  deal/deals/of/agent=closed a deal|close a deal: -> property; -> agent; signed on day; price/prices money 60000..950000 ~sales volume; financing {cash, mortgage}`,
  `telecom
  region/regions/in: region name =list{Metro, Lakes, Hills, Border, Islands}; population rate 20000..4000000
  subscriber/subscribers/of: name =person; -> region; contract! {prepaid, monthly, family}; activation date past 0..10 @were activated; active flag
  usage record/usage records: -> subscriber; used on day; data volume real 1..5000 ~data used; call minutes whole 0..300; charge/charges money 0..60 ~revenue; network {3G, 4G, 5G}; roaming flag`,
  `theatre
  venue/venues/at: venue name =mix{Globe, Lyric, Crown, Garden, Metro | Theatre, Hall, Stage}; city place; seats rate 60..1900
  play/plays: play title =mix{The Brave, The Lost, A Merry, The Quiet | King, Widow, Ghost, Sailor, Clown}; playwright person; genre! {tragedy, comedy, musical}; premiere past 0..90 @premiered/premiere
  performance/performances: -> play; -> venue; played on day; audience whole 10..1500 ~spectators; box office money 100..60000 ~ticket income, revenue; matinee flag; status! {played, cancelled, postponed}`,
  `bike sharing
  station/stations/at: station =mix{Park, Bridge, Museum, College, Beach, Market | Corner, Gate, Square, Point}; zone {A, B, C}; docks rate 8..60; installed past 0..9 @were installed
  rider/riders/of: rider name =person; pass! {day, monthly, yearly}; joined on past 0..6 @joined/join; age group {under 25, 25 to 40, over 40}
  trip/trips/of/rider=took a trip|take a trip: -> station; -> rider; started at moment; trip minutes whole 2..180; distance real 0.2..30 ~kilometres; fare/fares money 0..15 ~fare revenue, income; bike type! {classic, electric, cargo}; insured flag`,
]
