/** Warehouses about people and services, in the notation that read-theme.ts reads. */
export const peopleThemes: readonly string[] = [
  `clinic
  department/departments/in: name =list{Cardiology, Dermatology, Neurology, Oncology, Pediatrics, Radiology, Surgery}; floor whole 1..6
  doctor/doctors/by: name =person; -> department; hired past 1..20 @were hired; salary/salaries rate 60000..190000; senior flag
  patient/patients/of: name =person; city place; insurance {public, private, none}; birth date past 18..85 @were born; phone phone
  visit/visits/of/patient=saw a doctor|see a doctor: -> patient; -> doctor; visit date day; fee/fees money 40..420 ~revenue, income; duration minutes whole 10..90; status! {completed, cancelled, missed}; urgent flag`,
  `hotel
  hotel/hotels/at: name =mix{Grand, Royal, Park, Harbour, Alpine, Central, Old | Hotel, Inn, Lodge, Palace}; city place; stars whole 2..5; opened past 2..40 @opened/open
  guest/guests/of: name =person; country {Germany, France, Italy, Spain, Japan, Canada, Brazil}; email email; loyalty level {none, silver, gold}
  booking/bookings/of/guest=booked a room|book a room: -> hotel; -> guest; check in date day; nights whole 1..14; total price/total prices money 80..2600 ~revenue, turnover; channel! {website, agency, phone, walk-in}; cancelled at moment?; prepaid flag`,
  `library
  branch/branches/at: name =mix{North, South, East, West, Market, River | Branch, Library}; city place; floor area rate 200..3000
  author/authors/by: name =person; country {Norway, India, Kenya, Chile, Poland, Ireland}
  book/books: title =mix{The Silent, A Distant, The Last, My Hidden, The Golden, Beyond the, Under the | River, Garden, Winter, Letter, House, Mirror, Harvest}; -> author; genre! {crime, fantasy, history, poetry, science, travel}; pages whole 90..900; published past 1..60 @were published
  member/members/of: name =person; joined past 0..9 @joined/join; membership {adult, child, student}; email email
  loan/loans/of/member=borrowed a book|borrow a book: -> book; -> member; -> branch; loan date day; returned on day?; late fee/late fees money 0..12 ?; renewals whole 0..3`,
  `gym
  club/clubs/at: name =mix{Iron, Pulse, Peak, Flow, Urban | Club, Gym, Studio}; town place; opened past 1..15 @opened/open; size rate 200..2600
  trainer/trainers/by: name =person; -> club; speciality {yoga, boxing, spinning, pilates}; hourly rate rate 20..80
  member/members/of: name =person; -> club; gender {female, male, other}; joined past 0..6 @joined/join; monthly fee rate 15..90; active flag
  class booking/class bookings/of/member=booked a class|book a class: -> member; -> trainer; starts at moment; price/prices money 5..40 ~income; calories burned whole 100..900; state! {attended, cancelled, no-show}`,
  `helpdesk
  team/teams/in: name =list{Billing, Network, Mobile, Web, Hardware, Security}
  agent/agents/by: name =person; -> team; hire date past 0..12 @were hired; location place
  client/clients/of: company =mix{Blue, Nova, Vertex, Solar, Acme, Delta, Prime, Quantum | Labs, Foods, Systems, Logistics, Partners}; industry! {energy, finance, media, health}; plan {free, basic, pro, enterprise}
  ticket/tickets/of/client=opened a ticket|open a ticket: -> client; -> agent ?; created at moment; closed at moment?; priority! {low, medium, high, critical}; channel {email, chat, phone}; handling minutes whole 3..400; satisfaction score rate 1..5 ?; escalated flag`,
  `insurance
  agency/agencies/of: agency name =mix{Union, Shield, Anchor, Trust, Summit | Insurance, Brokers, Cover}; state {Texas, Ohio, Florida, Nevada, Oregon}
  holder/holders/of: name =person; birth date past 20..80 @were born; smoking flag; city place
  policy/policies/of/holder=bought a policy|buy a policy: -> holder; -> agency; type! {car, home, life, travel}; start date day; premium/premiums money 100..2400 ~premium income; status {active, lapsed, expired}
  claim/claims: -> policy; filed on day; claimed amount/claimed amounts money 100..20000; paid amount/paid amounts money 50..18000 ?; outcome! {approved, rejected, pending}; cause {accident, fire, theft, water}`,
  `school
  school/schools/at: name =mix{Lincoln, Curie, Goethe, Tagore, Noether | School, Academy, College}; district {Hill, Lake, Central, Harbour}
  teacher/teachers/by: full name =person; -> school; subject {Maths, Physics, Art, Music, English}; salary/salaries rate 28000..70000; employed since past 0..30 @were employed
  student/students/of: full name =person; -> school; grade whole 5..12; birth date past 10..19 @were born; boarding flag
  exam/exams/of/student=took an exam|take an exam: -> student; -> teacher; exam date day; score rate 20..100; kind! {written, oral, practical}; passed flag; fee/fees money 5..50`,
  `university
  faculty/faculties/in: name =list{Law, Medicine, Engineering, Arts, Economics, Science}; building code
  professor/professors/by: name =person; -> faculty; tenure date past 0..25 ?@got tenure/get tenure; nationality {German, Indian, Brazilian, Korean, Swedish}
  course/courses/in: title =mix{Introduction to, Advanced, Applied, Modern | Statistics, Chemistry, Ethics, Design, Robotics, History}; -> professor; credits whole 2..10; level! {bachelor, master, doctoral}
  enrolment/enrolments: -> course; student name person; enrolled on day; final mark rate 1..10 ?; tuition/tuition fees money 200..4000 ~tuition income; status! {active, completed, withdrawn}`,
  `human resources
  department/departments/in: name =list{Finance, Marketing, Legal, Research, Operations, Support}; location place; yearly budget rate 100000..4000000
  job/jobs: title =list{Analyst, Engineer, Manager, Assistant, Director, Technician, Designer}; grade {A, B, C, D}
  employee/employees/of: name =person; -> department; -> job; hire date past 0..22 @were hired; leave date day?@left/leave; salary/salaries rate 26000..150000; gender {female, male}; remote flag
  absence/absences: -> employee; first day day; days lost whole 1..30 ~sick days; reason! {illness, vacation, training, parental}; certified flag`,
  `volunteering
  chapter/chapters/of: chapter name =mix{Riverside, Northside, Old Town, Lakeview, Hillcrest | Chapter, Group}; region {Coast, Plains, Mountains, Capital}
  donor/donors/from: name =person; donor kind! {private, corporate, foundation}; first gift past 0..12 @first gave/first give; email email
  project/projects/for: title =mix{Clean, Green, Safe, Bright, Open | Water, Schools, Streets, Future, Harbour}; -> chapter; goal amount rate 1000..90000; ends on day?
  donation/donations/of/donor=donated|donate: -> donor; -> project; donated on day; amount/amounts money 5..5000 ~income, money raised; method {card, bank transfer, cash, check}; anonymous flag`,
  `dentist
  practice/practices/at: name =mix{Smile, Pearl, Bright, Gentle | Dental, Practice, Care}; postal town place
  dentist/dentists/by: surname =person; -> practice; licence date past 1..30 @were licensed; hourly cost rate 40..160
  treatment/treatments/of/dentist=treated somebody|treat anybody: -> dentist; patient name person; treated on day; kind! {cleaning, filling, crown, implant}; cost/costs money 30..1900 ~turnover, revenue; chair minutes whole 10..120; payer {self, public, private}; painful flag`,
  `childcare
  centre/centres/at: name =mix{Sunny, Little, Happy, Rainbow | Stars, Bees, Nest, Garden}; suburb place; licensed places rate 20..120
  family/families/of: family name =person; income band {low, middle, high}; registered past 0..5 @registered/register
  child/children/of: first name =person; -> family; -> centre; birthday past 1..6 @were born; allergic flag
  attendance/attendances/of/child=attended|attend: -> child; attended on day; hours whole 2..10; charge/charges money 10..95 ~income; meal {none, lunch, full}; late pickup day?`,
]
