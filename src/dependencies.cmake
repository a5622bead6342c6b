# The libraries we stand on, one interface target each, static or shared by RPCCTL_STATIC_DEPS.
#
# Debian's own CMake package for gRPC names the shared libraries only, so the static list is taken from pkg-config
# and turned into archive paths inside one rescanned group.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(fmt REQUIRED)
find_package(CLI11 REQUIRED)
find_package(ZLIB REQUIRED)
find_path(RAPIDJSON_INCLUDE rapidjson/reader.h REQUIRED)
find_program(PROTOC protoc REQUIRED)
find_program(GRPC_CPP_PLUGIN grpc_cpp_plugin REQUIRED)

# Makes the interface target NAME from pkg-config MODULES and EXTRA library names.
function(rpcctl_dependency NAME)
  cmake_parse_arguments(ARG "" "" "MODULES;EXTRA" ${ARGN})
  string(MAKE_C_IDENTIFIER "RPCCTL_PC_${NAME}" prefix)
  pkg_check_modules(${prefix} REQUIRED ${ARG_MODULES})
  set(target rpcctl_dep_${NAME})
  add_library(${target} INTERFACE)
  add_library(deps::${NAME} ALIAS ${target})
  target_include_directories(${target} SYSTEM INTERFACE ${${prefix}_INCLUDE_DIRS})
  if(NOT RPCCTL_STATIC_DEPS)
    target_link_libraries(${target} INTERFACE ${ARG_EXTRA} ${${prefix}_LIBRARIES} Threads::Threads)
    return()
  endif()
  set(names ${ARG_EXTRA} ${${prefix}_STATIC_LIBRARIES})
  list(REMOVE_DUPLICATES names)
  list(REMOVE_ITEM names systemd pthread rt dl atomic m c)
  set(archives)
  foreach(name IN LISTS names)
    find_library(RPCCTL_ARCHIVE_${name} lib${name}.a REQUIRED)
    list(APPEND archives ${RPCCTL_ARCHIVE_${name}})
  endforeach()
  list(JOIN archives "," group)
  target_link_libraries(${target} INTERFACE "$<LINK_GROUP:RESCAN,${group}>" Threads::Threads ${CMAKE_DL_LIBS})
  if(NOT RPCCTL_SANITIZE)
    # Where all is static these would make the C library shared again.
    target_link_options(${target} INTERFACE
      $<$<NOT:$<BOOL:$<TARGET_PROPERTY:RPCCTL_STATIC>>>:-static-libstdc++;-static-libgcc>)
  endif()
endfunction()

rpcctl_dependency(protobuf MODULES protobuf)
rpcctl_dependency(grpc MODULES grpc++ protobuf)
rpcctl_dependency(grpc_reflection MODULES grpc++ protobuf EXTRA grpc++_reflection)
rpcctl_dependency(openssl MODULES openssl)
rpcctl_dependency(nghttp2 MODULES libnghttp2)
rpcctl_dependency(re2 MODULES re2)

# Debian has no archive of fmt. Compiled into each object, it is most of what that object takes to compile.
add_library(rpcctl_dep_fmt INTERFACE)
add_library(deps::fmt ALIAS rpcctl_dep_fmt)
target_link_libraries(rpcctl_dep_fmt INTERFACE $<IF:$<BOOL:${RPCCTL_STATIC_DEPS}>,fmt::fmt-header-only,fmt::fmt>)

add_library(rpcctl_dep_json INTERFACE)
add_library(deps::json ALIAS rpcctl_dep_json)
target_include_directories(rpcctl_dep_json SYSTEM INTERFACE ${RAPIDJSON_INCLUDE})

add_library(rpcctl_dep_zlib INTERFACE)
add_library(deps::zlib ALIAS rpcctl_dep_zlib)
if(RPCCTL_STATIC_DEPS)
  find_library(RPCCTL_ARCHIVE_zlib libz.a REQUIRED)
  target_link_libraries(rpcctl_dep_zlib INTERFACE ${RPCCTL_ARCHIVE_zlib})
else()
  target_link_libraries(rpcctl_dep_zlib INTERFACE ZLIB::ZLIB)
endif()
