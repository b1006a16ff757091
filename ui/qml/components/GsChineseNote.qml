import QtQuick
import "../theme"

// In English: says why some texts are Chinese. Nothing is translated that the authority did not write.
GsText {
    visible: GsTheme.english
    text: qsTr("中文的文字是办理部门写的，目录里还没有它的英文。")
    role: "small"
    soft: true
}
