// What protobuf does before main, put off until it is needed.
//
// Each generated file registers itself when the process starts, and is parsed whole for that: half of all
// that a short call computes. protobuf registers a file once more, with those it depends on, before anything
// asks one of its messages for a descriptor (AssignDescriptors in generated_message_reflection.cc), so
// leaving out the first time changes nothing but for those who ask the generated pool by name, which only
// schema/builtin_files does, having asked the messages before. The linker (--wrap, see CMakeLists.txt) puts
// this in the place of the constructor that registers; where a newer protobuf names it otherwise, it
// registers as ever.
namespace google::protobuf::internal {
struct DescriptorTable;
}

// The name is that of the linker's option: "__wrap_" and the symbol of AddDescriptorsRunner's constructor.
extern "C" void __wrap__ZN6google8protobuf8internal20AddDescriptorsRunnerC1EPKNS1_15DescriptorTableE(
    void*, const google::protobuf::internal::DescriptorTable*) {}
