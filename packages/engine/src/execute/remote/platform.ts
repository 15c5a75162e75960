// What images are mostly made for: Linux with the C library of the last years, on machines like this one.

const MACHINES: Readonly<Partial<Record<NodeJS.Architecture, string>>> = { arm64: 'aarch64' };

export const DEFAULT_PLATFORM = `${MACHINES[process.arch] ?? 'x86_64'}-manylinux_2_28`;
