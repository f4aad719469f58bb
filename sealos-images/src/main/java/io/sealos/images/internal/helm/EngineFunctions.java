package io.sealos.images.internal.helm;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * The functions of the native library, which returns a structure of four texts by value. The caller frees the texts.
 */
abstract class EngineFunctions {
    /** Creates an answer from the output and the error of a call. */
    interface Reader {
        EngineAnswer read(@Nullable Pointer output, @Nullable Pointer reason);
    }

    abstract EngineAnswer install(Memory options, Reader reader);

    static EngineFunctions of(NativeLibrary library) {
        boolean systemV = Platform.isIntel() && Platform.is64Bit() && !Platform.isWindows();
        return systemV ? new OfSystemV(library) : ofAnySystem(library);
    }

    /** {@return the functions for any system} JNA determines how the structure is returned. */
    static EngineFunctions ofAnySystem(NativeLibrary library) {
        return new OfAnySystem(library);
    }

    private static final class OfAnySystem extends EngineFunctions {
        private final Function install;
        private final Function free;

        private OfAnySystem(NativeLibrary library) {
            this.install = library.getFunction("Install");
            this.free = library.getFunction("Free");
        }

        @Override
        EngineAnswer install(Memory options, Reader reader) {
            EngineResult result = (EngineResult) install.invoke(EngineResult.class, new Object[] {options});
            try {
                return reader.read(result.out, result.err);
            } finally {
                free.invokeVoid(new Object[] {result});
            }
        }
    }

    /**
     * The functions for Linux and macOS on 64-bit x86. There, a structure that is larger than two registers is written
     * to the address in a pointer before the arguments. If JNA determined this, it would take a fifth of the time in
     * which a child process starts.
     */
    private static final class OfSystemV extends EngineFunctions {
        private static final int TEXTS = 4;

        private final Function install;

        private OfSystemV(NativeLibrary library) {
            this.install = library.getFunction("Install");
        }

        @Override
        EngineAnswer install(Memory options, Reader reader) {
            Memory result = new Memory((long) TEXTS * Native.POINTER_SIZE);
            result.clear();
            install.invokeVoid(new Object[] {result, options});
            try {
                return reader.read(result.getPointer(0), result.getPointer(Native.POINTER_SIZE));
            } finally {
                for (int i = 0; i < TEXTS; i++) {
                    Native.free(Pointer.nativeValue(result.getPointer((long) i * Native.POINTER_SIZE)));
                }
            }
        }
    }
}
