/** The id named by a run of digits; 0, which nothing has, if it exceeds 32 bits. */
export const smallId = (digits: string): number => {
  const id = Number(digits);
  return id <= 2_147_483_647 ? id : 0;
};

/** The id a path names in digits; 0, which nothing has, for anything else. */
export const readId = (text: string): number => (/^\d+$/.test(text) ? smallId(text) : 0);
