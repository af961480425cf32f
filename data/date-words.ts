/** How English writes a month and a day of it, as patterns for text in any case. */

export const monthPattern =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)'
export const dayPattern = String.raw`\d{1,2}(?:st|nd|rd|th)?`
