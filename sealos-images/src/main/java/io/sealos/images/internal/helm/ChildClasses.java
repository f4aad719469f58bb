package io.sealos.images.internal.helm;

import io.sealos.internal.files.FileTree;
import java.util.ArrayList;
import java.util.List;

/**
 * The classes of the child process. There are few, because each one makes its start slower. Those of JNA are all that
 * any of its versions may need; the others belong to this library and the engine.
 */
final class ChildClasses {
    private static final String OWN = """
            DryInstall EngineAnswer EngineAnswer$Outcome EngineCall EngineResult Guardian HelmChild JnaLibrary
            MemoryWatch NativeEngine
            """;
    private static final String FILES = "AtomicFile AtomicFile$Writing FileTree FileTree$1";
    private static final String JNA = """
            AltCallingConvention Callback Callback$UncaughtExceptionHandler CallbackParameterContext CallbackProxy
            CallbackReference CallbackReference$AttachOptions CallbackReference$CallbackReferenceDisposer
            CallbackReference$DefaultCallbackProxy CallbackReference$NativeFunctionHandler CallbackResultContext
            CallbackThreadInitializer DefaultTypeMapper DefaultTypeMapper$Entry ELFAnalyser ELFAnalyser$1
            ELFAnalyser$ArmAeabiAttributesTag ELFAnalyser$ArmAeabiAttributesTag$ParameterType
            ELFAnalyser$ELFSectionHeaderEntry ELFAnalyser$ELFSectionHeaders FromNativeContext FromNativeConverter
            Function Function$NativeMappedArray Function$PointerArray Function$PostCallRead FunctionMapper
            FunctionParameterContext FunctionResultContext IntegerType InvocationMapper JNIEnv Klass LastErrorException
            Library Library$Handler Library$Handler$FunctionInfo Memory Memory$MemoryDisposer Memory$SharedMemory
            MethodParameterContext MethodResultContext Native Native$1 Native$2 Native$3 Native$4 Native$5 Native$6
            Native$7 Native$8 Native$AWT Native$Buffers Native$DeleteNativeLibrary Native$ffi_callback NativeLibrary
            NativeLibrary$1 NativeLibrary$2 NativeLibrary$3 NativeLibrary$NativeLibraryDisposer NativeLong NativeMapped
            NativeMappedConverter NativeString NativeString$StringMemory Platform Pointer Pointer$1 Pointer$Opaque
            PointerType StringArray Structure Structure$1 Structure$2 Structure$3 Structure$AutoAllocated
            Structure$ByReference Structure$ByValue Structure$FFIType Structure$FFIType$FFITypes
            Structure$FFIType$size_t Structure$FieldOrder Structure$LayoutInfo Structure$NativeStringTracking
            Structure$StructField Structure$StructureSet StructureReadContext StructureWriteContext SymbolProvider
            ToNativeContext ToNativeConverter TypeConverter TypeMapper Union VarArgsChecker VarArgsChecker$1
            VarArgsChecker$NoVarArgsChecker VarArgsChecker$RealVarArgsChecker Version WString WeakMemoryHolder
            internal.Cleaner internal.Cleaner$1 internal.Cleaner$Cleanable internal.Cleaner$CleanerRef
            internal.Cleaner$CleanerThread internal.ReflectionUtils ptr.ByReference ptr.ByteByReference ptr.DoubleByReference ptr.FloatByReference
            ptr.IntByReference ptr.LongByReference ptr.NativeLongByReference ptr.PointerByReference
            ptr.ShortByReference win32.DLLCallback win32.StdCall win32.StdCallFunctionMapper win32.StdCallLibrary
            win32.StdCallLibrary$StdCallCallback
            """;

    private ChildClasses() {}

    /** {@return the origins of the classes, each with its files} */
    static List<ClassOrigin> origins() throws EngineMissingException {
        Class<?> jna = EngineSource.jna("Native");
        Class<?> engine = EngineSource.engine("InstallOptions");
        List<String> ofJna = files(jna, JNA);
        ofJna.add(JnaLibrary.resource());
        return List.of(
                new ClassOrigin(HelmChild.class, files(HelmChild.class, OWN)),
                new ClassOrigin(FileTree.class, files(FileTree.class, FILES)),
                new ClassOrigin(engine, files(engine, engine.getSimpleName())),
                new ClassOrigin(jna, ofJna));
    }

    private static List<String> files(Class<?> one, String names) {
        String directory = one.getPackageName().replace('.', '/') + "/";
        List<String> files = new ArrayList<>();
        for (String name : names.strip().split("\\s+", -1)) {
            files.add(directory + name.replace('.', '/') + ".class");
        }
        return files;
    }
}
