// Two versions of the same fields become one. Nothing that anyone wrote is dropped.

export function sameValue(one, other) {
  return JSON.stringify(one ?? "") === JSON.stringify(other ?? "");
}

// One text that holds both: the longer if it holds the other, else both in turn.
export function bothTexts(kept, mine) {
  const [first, second] = [kept ?? "", mine ?? ""];
  if (first.includes(second.trim())) return first;
  if (second.includes(first.trim())) return second;
  return `${first.trimEnd()}\n\n${second.trimStart()}`;
}

// kept: what the server has. mine: what stands here. touched: names changed here since the last save.
// A choice takes the newest (mine if I touched it); a long text that both changed keeps both.
export function merge({ kept, mine, touched, longTexts }) {
  const merged = { ...mine };
  for (const [name, value] of Object.entries(kept)) {
    if (!(name in mine) || !touched.has(name)) merged[name] = value;
    else if (longTexts.has(name) && !sameValue(value, mine[name])) merged[name] = bothTexts(value, mine[name]);
  }
  return merged;
}
