// A long list of rows of one height, in sections with a title each: what stands where. Pure.

export interface Section {
  /** Its first row. */
  readonly at: number;
  readonly title: string;
}

export const TITLE = 22;

/** The first section's title stands above the list and stays there. */
const titlesAbove = (sections: readonly Section[], row: number) => Math.max(0, sections.filter((section) => section.at <= row).length - 1);

export const topOf = (sections: readonly Section[], height: number, row: number) => row * height + TITLE * titlesAbove(sections, row);

/** The row that is seen at that height, or the one below where a title is. */
export function rowAt(sections: readonly Section[], height: number, y: number): number {
  const within = sections.findLast((section, index) => y >= topOf(sections, height, section.at) - (index === 0 ? 0 : TITLE)) ?? { at: 0 };
  const next = sections.find((section) => section.at > within.at)?.at ?? Infinity;
  return Math.min(next - 1, within.at + Math.max(0, Math.floor((y - topOf(sections, height, within.at)) / height)));
}

export const sectionOf = (sections: readonly Section[], row: number): Section | null => sections.findLast((section) => section.at <= row) ?? null;
