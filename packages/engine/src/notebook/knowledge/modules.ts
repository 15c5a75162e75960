// Names that everybody gives to modules: a guess for a name whose import is not in the flow.

const USUAL: Readonly<Record<string, string>> = {
  np: 'numpy', numpy: 'numpy', pd: 'pandas', pandas: 'pandas', plt: 'matplotlib.pyplot', mpl: 'matplotlib', matplotlib: 'matplotlib', sns: 'seaborn', seaborn: 'seaborn',
  tf: 'tensorflow', torch: 'torch', os: 'os', sys: 'sys', random: 'random', warnings: 'warnings', shutil: 'shutil', pickle: 'pickle', json: 'json', joblib: 'joblib',
  heapq: 'heapq', glob: 'glob', inspect: 'inspect', gc: 'gc', importlib: 'importlib', smf: 'statsmodels.formula.api', patsy: 'patsy', cv2: 'cv2', h5py: 'h5py', pl: 'polars',
};

export function usualModule(name: string): string | null {
  return Object.hasOwn(USUAL, name) ? USUAL[name] ?? null : null;
}
