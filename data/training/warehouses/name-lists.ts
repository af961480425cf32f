/** Names of people and places that do not exist, or are as common as can be. */
export const firstNames: readonly string[] =
  'Ada Bruno Chloe Dario Elif Farid Greta Hugo Ines Jonas Kaya Luca Mina Noah Olga Pablo Rosa Sven Tara Umar Vera Wim Yara Zoe Amara Boris Celia Dmitri Esme Felix Gwen Hana Ivan Jana Karim Lena Marco Nadia Otto Priya'.split(
    ' ',
  )

export const familyNames: readonly string[] =
  'Abbas Berg Costa Dubois Eriksen Fischer Garcia Haddad Ivanov Jansen Kovacs Lopez Moreau Novak Okafor Petrov Quinn Rossi Silva Tanaka Ueda Vargas Weber Xu Yilmaz Zeman Anders Brandt Cohen Diaz Ekman Farrell Grant'.split(
    ' ',
  )

export const places: readonly string[] =
  'Arlen Bexhill Corvale Dunport Eastmere Farrow Glenby Hartsville Ivywood Kestrel'.split(' ')
