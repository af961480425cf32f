/** Orders with two dates and two amounts each: whoever asks may mean the one that was not taken. */

/** Four orders of 2024, each delivered a month later; a tenth of each amount is tax. */
export const orderFiles: Readonly<Record<string, string>> = {
  'orders/stores.csv': `store_id,store_name,city,opened_on
1,Shop One,Ashford,2020-05-01
2,Shop Two,Barrow,2021-06-01
`,
  'orders/orders.csv': `order_id,store_id,ordered_on,delivered_on,amount,net_amount
1,1,2024-01-10,2024-02-09,60,54
2,2,2024-01-20,2024-02-19,40,36
3,1,2024-02-10,2024-03-09,120,108
4,2,2024-02-20,2024-03-19,80,72
`,
}
