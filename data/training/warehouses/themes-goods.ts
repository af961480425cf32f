/** Warehouses about goods, plants and transport, in the notation that read-theme.ts reads. */
export const goodsThemes: readonly string[] = [
  `freight
  carrier/carriers/by: name =mix{Trans, Euro, Swift, Polar, Global | Cargo, Freight, Lines, Express}; country {Poland, Spain, Turkey, China, Mexico}; rating rate 1..5
  port/ports/to: port name =list{Gdansk, Valencia, Izmir, Ningbo, Veracruz, Rotterdam, Antwerp, Piraeus}; container cranes whole 2..40
  shipment/shipments/of/carrier=shipped something|ship anything: -> carrier; -> port; shipped on day; delivered on day?; weight real 10..24000; freight cost/freight costs money 90..9000 ~freight charges; mode! {sea, rail, road, air}; status {delivered, in transit, lost}; insured flag`,
  `energy
  region/regions/in: name =list{Highlands, Delta, Coast, Valley, Plateau}; 
  household/households/of: owner =person; -> region; tariff! {day, night, flat}; solar flag; connected past 0..18 @were connected; floor area rate 30..260
  meter reading/meter readings: -> household; read at moment; consumption real 1..90 ~energy used; peak load rate 1..12; cost/costs money 1..60 ~billed amount; quality {good, estimated, faulty}`,
  `factory
  plant/plants/at: plant name =mix{Kiel, Porto, Graz, Leeds, Oslo | Works, Plant}; built past 5..60 @were built; workers rate 40..900
  machine/machines/on: name =mix{Press, Lathe, Welder, Cutter, Mixer | A1, B2, C3, D4, E5}; -> plant; maker {Bosch, Fanuc, Kuka, Haas}; bought past 1..20 @were bought
  inspection/inspections: -> machine; inspected at moment; units checked whole 20..500; defects whole 0..25 ~faulty units; scrap cost/scrap costs money 0..900; shift! {morning, evening, night}; defect type {scratch, crack, dent, colour} ?`,
  `farm
  farm/farms/on: farm name =mix{Green, Stone, Willow, Sunny, Old | Acres, Field, Meadow, Farm}; county {Kent, Devon, Norfolk, Cumbria}; area rate 5..400; organic flag
  crop/crops: name =list{Wheat, Barley, Maize, Potato, Rapeseed, Oats, Carrot}; family {cereal, root, oilseed}
  harvest/harvests: -> farm; -> crop; harvested on day; tonnes real 1..120 ~yield; income money 200..40000 ~earnings; moisture rate 8..25 ?; grade! {first, second, feed}`,
  `parking
  garage/garages/at: name =mix{Station, Market, Opera, Harbour, Mall | Garage, Parking, Deck}; district {Old Town, North End, Docklands, West Side}; spaces rate 40..900; opened past 1..30 @opened/open
  car/cars: plate code; maker! {Audi, Fiat, Honda, Tesla, Volvo}; electric flag
  stay/stays/of/car=parked|park: -> garage; -> car; entered at moment; left at moment?; paid amount/paid amounts money 1..45 ~takings, revenue; parked minutes whole 5..900; payment {app, card, cash}`,
  `flights
  airline/airlines/by: airline =mix{Nordic, Andes, Sahara, Pacific, Baltic | Air, Airways, Wings}; alliance {Star, Oneworld, none}; founded past 5..80 @were founded
  airport/airports/from: airport name =list{Lisbon, Vienna, Cairo, Lima, Seoul, Perth, Dublin, Malaga}; runways whole 1..5
  flight/flights/of/airline=flew|fly: -> airline; -> airport; departure date day; passengers whole 20..380; delay minutes whole 0..240; ticket sales money 2000..90000 ~ticket revenue; status! {landed, cancelled, diverted}; distance rate 200..9000`,
  `car rental
  station/stations/at: station name =mix{Airport, Central, Harbour, West, East | Desk, Station, Office}; city place
  vehicle/vehicles: model =mix{Corsa, Golf, Clio, Yaris, Octavia | Basic, Comfort, Sport}; class! {compact, family, luxury, van}; daily price rate 19..190; purchase date past 0..8 @were bought; mileage rate 500..180000
  renter/renters/of: name =person; nationality {Dutch, Czech, Greek, Danish, Irish}; licence since past 1..50
  rental/rentals/of/renter=rented a car|rent a car: -> vehicle; -> station; -> renter; pickup date day; return date day?; rental days whole 1..21; charge/charges money 30..2100 ~revenue, income; damaged flag; deposit/deposits money 0..500 ?`,
  `restaurant
  restaurant/restaurants/at: name =mix{Golden, Blue, Little, Spicy, Old | Fork, Spoon, Bistro, Grill}; cuisine! {Italian, Thai, Mexican, Greek}; neighbourhood place; seats rate 12..140
  dish/dishes: dish name =mix{Grilled, Roasted, Fresh, Spicy | Salmon, Chicken, Tofu, Noodles, Salad}; course {starter, main, dessert}; menu price rate 4..38; vegan flag
  bill/bills: -> restaurant; waiter person; served at moment; guests whole 1..12 ~diners; tip/tips money 0..40 ?; payment method! {cash, card, voucher}
  bill item/bill items: -> bill; -> dish; portions whole 1..6 ~portions sold; item total/item totals money 4..120 ~food revenue`,
  `wine
  vineyard/vineyards/from: name =mix{Château, Domaine, Quinta, Casa | Rosa, Alba, Luna, Pedra, Sol}; country {France, Portugal, Chile, Italy}; hectares rate 2..90
  wine/wines: wine name =mix{Red, White, Dry, Old, Royal | Reserve, Cuvée, Selection, Harvest}; -> vineyard; colour! {red, white, rosé}; bottle price rate 4..95; bottled past 0..15 @were bottled
  tasting/tastings: -> wine; taster person; tasted on day; points rate 70..100; bottles opened whole 1..8; cost/costs money 5..400; blind flag`,
  `warehouse stock
  depot/depots/in: depot name =mix{North, South, Harbour, Airport, Rail | Depot, Hub}; country {Austria, Belgium, Finland, Hungary}; capacity rate 100..9000
  supplier/suppliers/from: supplier name =mix{Alfa, Beta, Orion, Titan, Nordic, Rapid | Supply, Trading, Parts}; certified flag; partner since past 0..20 @became partners/become a partner
  part/parts: description =mix{Steel, Copper, Rubber, Plastic, Brass | Bolt, Valve, Seal, Pipe, Gear}; -> supplier; unit cost rate 0.5..80; category! {fasteners, hydraulics, electrics}
  stock movement/stock movements: -> part; -> depot; moved at moment; quantity/quantities whole 1..400 ~units moved; value money 5..6000 ~stock value; direction! {inbound, outbound, returned}`,
  `repair shop
  technician/technicians/by: name =person; level {junior, senior, master}; hired on past 0..15 @were hired
  device/devices: model =mix{Nova, Aero, Zen, Pixelo | Phone, Tablet, Laptop, Watch}; brand {Kora, Lumo, Vanta}; released past 0..7 @were released
  repair/repairs/of/technician=repaired something|repair anything: -> technician; -> device; received on day; finished on day?; labour hours real 0.5..12; parts cost/parts costs money 0..300; price/prices money 20..600 ~revenue, sales; warranty flag; fault! {screen, battery, software, water}`,
  `recycling
  site/sites/at: site name =mix{Mill, Quarry, Bridge, Canal | Yard, Site, Point}; borough place; operator {public, private}
  material/materials: name =list{Glass, Paper, Aluminium, Plastic, Textile, Wood}; hazardous flag; price per tonne rate 5..900
  delivery/deliveries: -> site; -> material; arrived on day; tonnage real 0.2..40 ~tonnes; payout/payouts money 5..9000; truck plate code; condition! {clean, mixed, wet}`,
]
