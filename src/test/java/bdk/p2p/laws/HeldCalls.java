package bdk.p2p.laws;

import com.tngtech.archunit.thirdparty.org.objectweb.asm.ClassReader;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.ClassVisitor;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.Handle;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.Label;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.MethodVisitor;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.Opcodes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What each method of some classes calls, and whether it holds a monitor then. Read from class
 * files; lambdas and method references count as called where they are made.
 */
final class HeldCalls extends ClassVisitor {
  /**
   * A method.
   *
   * @param owner the class, with slashes
   */
  record Method(String owner, String name, String descriptor) {
    @Override
    public String toString() {
      return owner.substring(owner.lastIndexOf('/') + 1) + "." + name;
    }
  }

  /**
   * A call, or a lambda that is made.
   *
   * @param held whether a monitor of the calling method is held
   */
  record Call(Method target, boolean held, int line) {}

  /** What is known of one class. */
  record Type(String parent, List<String> interfaces, boolean isInterface) {}

  final Map<Method, List<Call>> calls = new HashMap<>();
  final Map<String, Type> types = new HashMap<>();

  /** Methods that take a monitor. */
  final Set<Method> locking = new HashSet<>();

  private String owner;

  HeldCalls() {
    super(Opcodes.ASM9);
  }

  void read(byte[] classFile) {
    new ClassReader(classFile).accept(this, ClassReader.SKIP_FRAMES);
  }

  @Override
  public void visit(
      int version, int access, String name, String signature, String parent, String[] interfaces) {
    owner = name;
    types.put(name, new Type(parent, List.of(interfaces), (access & Opcodes.ACC_INTERFACE) != 0));
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String name, String descriptor, String signature, String[] exceptions) {
    Method method = new Method(owner, name, descriptor);
    boolean isSynchronized = (access & Opcodes.ACC_SYNCHRONIZED) != 0;
    if (isSynchronized) {
      locking.add(method);
    }
    return new Body(method, isSynchronized ? 1 : 0);
  }

  /**
   * Counts monitors along the code. A place after a jump has the count of those who jump there,
   * which in javac's code come before it; a handler has that of the beginning of its range.
   */
  private final class Body extends MethodVisitor {
    private static final int UNREACHED = -1;

    private final Method method;
    private final List<Call> found = new ArrayList<>();
    private final Map<Label, Integer> monitorsAt = new HashMap<>();
    private final Map<Label, List<Label>> handlersFrom = new HashMap<>();
    private int monitors;
    private int line;

    private Body(Method method, int monitors) {
      super(Opcodes.ASM9);
      this.method = method;
      this.monitors = monitors;
      calls.put(method, found);
    }

    private void comesTo(Label label) {
      monitorsAt.putIfAbsent(label, monitors);
    }

    private void called(String type, String name, String descriptor) {
      if (monitors == UNREACHED) {
        throw new IllegalStateException(method + " line " + line + ": reached from nowhere");
      }
      found.add(new Call(new Method(type, name, descriptor), monitors > 0, line));
    }

    @Override
    public void visitTryCatchBlock(Label start, Label end, Label handler, String type) {
      handlersFrom.computeIfAbsent(start, none -> new ArrayList<>()).add(handler);
    }

    @Override
    public void visitLabel(Label label) {
      if (monitors == UNREACHED) {
        monitors = monitorsAt.getOrDefault(label, UNREACHED);
      }
      handlersFrom.getOrDefault(label, List.of()).forEach(this::comesTo);
    }

    @Override
    public void visitLineNumber(int number, Label start) {
      line = number;
    }

    @Override
    public void visitInsn(int opcode) {
      switch (opcode) {
        case Opcodes.MONITORENTER -> {
          monitors++;
          locking.add(method);
        }
        case Opcodes.MONITOREXIT -> monitors--;
        case Opcodes.ATHROW,
            Opcodes.RETURN,
            Opcodes.ARETURN,
            Opcodes.IRETURN,
            Opcodes.LRETURN,
            Opcodes.FRETURN,
            Opcodes.DRETURN ->
            monitors = UNREACHED;
        default -> {}
      }
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
      comesTo(label);
      if (opcode == Opcodes.GOTO) {
        monitors = UNREACHED;
      }
    }

    @Override
    public void visitTableSwitchInsn(int least, int most, Label other, Label... labels) {
      visitLookupSwitchInsn(other, null, labels);
    }

    @Override
    public void visitLookupSwitchInsn(Label other, int[] keys, Label[] labels) {
      comesTo(other);
      List.of(labels).forEach(this::comesTo);
      monitors = UNREACHED;
    }

    @Override
    public void visitMethodInsn(
        int opcode, String type, String name, String descriptor, boolean ofInterface) {
      called(type, name, descriptor);
    }

    @Override
    public void visitInvokeDynamicInsn(
        String name, String descriptor, Handle bootstrap, Object... arguments) {
      for (Object argument : arguments) {
        if (argument instanceof Handle handle) {
          called(handle.getOwner(), handle.getName(), handle.getDesc());
        }
      }
    }
  }
}
