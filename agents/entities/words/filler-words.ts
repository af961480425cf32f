/** Words of questions that name nothing in any data. */

/** Words that carry no request of their own: grammar, courtesy, talk about data as such, and verbs that only connect names. */
export const fillerWords: ReadonlySet<string> = new Set(
  `a an the of in on at to for from and or is are was were be been being am do does did done can
  could would should will shall may might must i we you they he she it its our ours us my me your
  their them this that these those there here please pls kindly hi hello hey thanks thank so then
  than as with into about all any some just only also too very really actually currently now still
  already ever yet again need know let help question wonder wondering curious quick quickly much
  many such both else if though respective respectively altogether data database catalogue catalog
  warehouse dataset file system values value records record rows row entries entry results result
  numbers number figures figure stats statistics information info details detail name names list
  amount year years month months quarter quarters week weeks day days date dates time times period
  during within when where who whom whose which what how why because due since whether exist
  exists existing available total overall count across between among through throughout over up
  out off far along around against regarding concerning ones one way kind kinds type types sort
  sorts different terms s t d ll ve re not no more less most whole entire full complete single
  individual combined together exactly roughly approximately nearly almost ok okay well something
  anything everything someone anyone everyone first last next previous recent recently ago end
  start beginning middle current calculate compute say says called named spread distribution
  distributed broken down split break breakdown group grouped ordered sorted order rank ranked
  ranking comparison versus vs better worse good bad best worst compared popular important typical
  usual floor square metre metres meter meters sqm feet foot ft kg percent percentage euro euros
  dollar dollars usd eur currency biggest largest highest lowest smallest each every per by want
  wanted wants wish like liked likes love see saw seen look looks looked looking show shows shown
  tell told give gives gave given get gets got find finds found display displays present presents
  print prints output happen happens happened happening take takes took taken make makes made come
  comes came go goes went gone occur occurs occurred belong belongs belonged relate relates
  related locate located base based using use used uses work works worked working own owns owned
  keep keeps kept hold holds held include includes included including contain contains contained
  perform performs performed performing performance serve serves served serving run runs ran
  running place places placed receive receives received pay pays paid paying starts started begin
  begins began ends ended live lives lived living stay stays stayed generate generates generated
  produce produces produced bring brings brought earn earns earned achieve achieves achieved reach
  reaches reached recorded register registered create creates created add adds added appear
  appears appeared change changes changed stand stands stood lie lies worth cost costs provide
  provides provided offer offers offered attend attends attended participate participated involve
  involved associate associated correspond corresponding ask asked think thought consider
  considered mean means meant concern concerned account accounted accounts evolve evolved develop
  developed move moved turn turned set sets put puts call calls everybody nobody anybody thing
  things stuff case cases part parts piece pieces never always often usually mostly mainly
  particular specific certain same other others another frequently frequent listed retrieve
  arrange past early late later processed shared address addresses ways people person money away
  new instead pass passed m2 m² km gross net actual whatever doing visit visits visited visiting
  shop shopping once twice carry carries carried morning today tonight nowadays whats hows wheres granted issued
  incurred realized realised obtained collected accumulated handed`
    .split(/\s+/)
    .filter(Boolean),
)
