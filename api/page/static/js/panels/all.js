// What can be done, by the name it has in the address.
export const PANELS = {};
