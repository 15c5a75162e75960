// Names that are there without anybody binding them: Python's builtins of 3.9 to 3.14, and IPython's own.

const BUILTINS: ReadonlySet<string> = new Set(`
  abs aiter all anext any ascii bin bool breakpoint bytearray bytes callable chr classmethod compile complex copyright credits delattr dict dir divmod
  enumerate eval exec exit filter float format frozenset getattr globals hasattr hash help hex id input int isinstance issubclass iter len license list
  locals map max memoryview min next object oct open ord pow print property quit range repr reversed round set setattr slice sorted staticmethod str sum
  super tuple type vars zip __import__ __build_class__ __debug__ Ellipsis False None NotImplemented True
  ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup BlockingIOError BrokenPipeError BufferError BytesWarning
  ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError ConnectionResetError DeprecationWarning EOFError EncodingWarning
  EnvironmentError Exception ExceptionGroup FileExistsError FileNotFoundError FloatingPointError FutureWarning GeneratorExit IOError ImportError
  ImportWarning IndentationError IndexError InterruptedError IsADirectoryError KeyError KeyboardInterrupt LookupError MemoryError ModuleNotFoundError
  NameError NotADirectoryError NotImplementedError OSError OverflowError PendingDeprecationWarning PermissionError ProcessLookupError
  PythonFinalizationError RecursionError ReferenceError ResourceWarning RuntimeError RuntimeWarning StopAsyncIteration StopIteration SyntaxError
  SyntaxWarning SystemError SystemExit TabError TimeoutError TypeError UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError
  UnicodeTranslateError UnicodeWarning UserWarning ValueError Warning ZeroDivisionError`.trim().split(/\s+/));

/** In every module, and what a notebook kernel adds. */
const KERNEL: ReadonlySet<string> = new Set(['__name__', '__doc__', '__package__', '__loader__', '__spec__', '__builtins__', '__builtin__', '__annotations__', 'get_ipython', 'display', '_dh', '_exit_code', '_sh']);

/** IPython's memory of inputs and outputs. */
const HISTORY = /^(?:In|Out|_{1,3}|_i{1,3}|_ih|_oh|_\d+|_i\d+)$/;

export function isBuiltin(name: string): boolean {
  return BUILTINS.has(name);
}

export function isKernelName(name: string): boolean {
  return KERNEL.has(name);
}

export function isHistory(name: string): boolean {
  return (name.startsWith('_') || name === 'In' || name === 'Out') && HISTORY.test(name);
}
