pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"

// Waits for the code of a licence on a telephone: the gun reads it at any time, the camera when it is asked to.
GsSurface {
    id: pane

    required property MaterialsController materials
    required property VisitController visit

    readonly property bool tight: GsTheme.compact && GsTheme.elder && !GsTheme.portrait

    colour: GsTheme.colour.sunken

    ColumnLayout {
        anchors.centerIn: parent
        width: parent.width - 2 * GsTheme.gapLarge
        spacing: GsTheme.gap

        GsIcon {
            visible: !pane.materials.licence.checking && !pane.tight
            Layout.alignment: Qt.AlignHCenter
            name: "qrcode"
            colour: GsTheme.colour.accentInk
            size: GsTheme.px(GsTheme.compact ? 90 : 140)
        }
        GsWaiting {
            visible: pane.materials.licence.checking
            Layout.fillWidth: true
            text: qsTr("正在核对这张证照")
        }
        GsText {
            visible: !pane.materials.licence.checking
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            text: qsTr("请在手机上打开这张电子证照的二维码，对准扫码口")
            role: "lead"
            strong: true
        }
        GsText {
            visible: !pane.materials.licence.checking
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            text: qsTr("有网络，当场就能核对；没有网络，先记下，部门收到后再核对。")
            soft: true
        }
        GsButton {
            objectName: "licenceByCamera"
            visible: pane.materials.camera.available && !pane.materials.licence.checking
            Layout.alignment: Qt.AlignHCenter
            text: qsTr("用摄像头扫")
            iconName: "camera"
            onClicked: pane.materials.photograph()
        }
        GsProblem {
            Layout.fillWidth: true
            visit: pane.visit
        }
    }
}
