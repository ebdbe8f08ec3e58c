// Preact and htm, joined once: modules import everything that draws from here.
import { createContext, Fragment, h, render } from "preact";
import { useCallback, useContext, useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import htm from "htm";

export const html = htm.bind(h);
export {
  createContext, Fragment, render, useCallback, useContext, useEffect, useLayoutEffect, useMemo, useRef, useState,
};

/** The class names whose condition holds: `names("card", {late: true})` is "card late". */
export function names(...parts) {
  return parts
    .flatMap((part) => (typeof part === "object" && part ? Object.keys(part).filter((key) => part[key]) : part || []))
    .join(" ");
}
