pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"

// The pages of one material: the chosen page large, all pages small, and what can be done with them.
GridLayout {
    id: pages

    required property MaterialsController materials
    required property VisitController visit

    signal sampleWanted
    readonly property int current: materials.page
    readonly property bool doubtful: materials.doubt !== "" && !materials.scanning
    readonly property bool several: materials.pages.count > 1
    readonly property bool tight: !GsTheme.portrait && (GsTheme.compact || GsTheme.elder)

    readonly property string place: qsTr("第 %1 页，共 %2 页").arg(current + 1).arg(materials.pages.count)

    columns: GsTheme.portrait ? 1 : 2
    columnSpacing: GsTheme.gapLarge
    rowSpacing: GsTheme.gap

    ColumnLayout {
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.bottomMargin: GsTheme.gap
        spacing: GsTheme.gapSmall

        GsSurface {
            Layout.fillWidth: true
            Layout.fillHeight: true
            colour: GsTheme.colour.sunken

            Image {
                objectName: "pagePreview"
                visible: pages.materials.pages.count > 0 && !pages.materials.scanning
                anchors.fill: parent
                anchors.margins: GsTheme.gap
                fillMode: Image.PreserveAspectFit
                cache: false
                source: visible ? pages.materials.preview : ""
                Accessible.role: Accessible.Graphic
                Accessible.name: qsTr("第 %1 页的预览").arg(pages.current + 1)
            }
            GsTag {
                visible: pages.tight && pages.several && !pages.materials.scanning
                anchors.bottom: parent.bottom
                anchors.bottomMargin: GsTheme.gapSmall
                anchors.horizontalCenter: parent.horizontalCenter
                text: pages.place
            }
            GsWaiting {
                visible: pages.materials.scanning
                anchors.centerIn: parent
                width: parent.width - 2 * GsTheme.gapLarge
                text: qsTr("正在扫描，请不要动材料")
            }
            ColumnLayout {
                visible: pages.materials.pages.count === 0 && !pages.materials.scanning
                anchors.centerIn: parent
                width: parent.width - 2 * GsTheme.gapLarge
                spacing: GsTheme.gap
                GsIcon {
                    Layout.alignment: Qt.AlignHCenter
                    name: "scan"
                    colour: GsTheme.colour.textSoft
                    size: GsTheme.px(120)
                }
                GsText {
                    Layout.fillWidth: true
                    horizontalAlignment: Text.AlignHCenter
                    text: pages.materials.camera.available ? qsTr("把材料正面朝下放进扫描仪，再点“扫描”；也可以点“拍照”，用摄像头拍") : qsTr("把材料正面朝下放进扫描仪，再点“扫描”")
                    role: "lead"
                }
            }
        }
        GsProblem {
            Layout.fillWidth: true
            visit: pages.visit
        }
    }
    ColumnLayout {
        Layout.fillWidth: GsTheme.portrait
        Layout.preferredWidth: GsTheme.px(GsTheme.elder ? 520 : 460)
        Layout.fillHeight: !GsTheme.portrait
        Layout.bottomMargin: GsTheme.gap
        spacing: GsTheme.gapSmall

        GridLayout {
            visible: !(pages.doubtful && pages.tight)
            Layout.fillWidth: true
            columns: pages.materials.pages.count > 0 && pages.materials.camera.available && !pages.materials.scanning ? 2 : 1
            uniformCellWidths: true
            columnSpacing: GsTheme.gapSmall
            rowSpacing: GsTheme.gapSmall

            GsButton {
                objectName: pages.materials.scanning ? "cancelScan" : "scan"
                small: pages.tight
                Layout.fillWidth: true
                kind: pages.materials.scanning || pages.materials.pages.count > 0 ? "secondary" : "primary"
                text: pages.materials.scanning ? qsTr("停止扫描") : pages.materials.pages.count > 0 ? qsTr("再扫几页") : qsTr("扫描")
                iconName: pages.materials.scanning ? "x" : "scan"
                onClicked: pages.materials.scanning ? pages.materials.cancelScan() : pages.materials.scan()
            }
            GsButton {
                objectName: "photograph"
                visible: pages.materials.camera.available && !pages.materials.scanning
                small: pages.tight
                Layout.fillWidth: true
                text: pages.materials.pages.count > 0 ? qsTr("再拍几页") : qsTr("拍照")
                iconName: "camera"
                enabled: !pages.visit.busy
                onClicked: pages.materials.photograph()
            }
        }
        RowLayout {
            visible: (pages.materials.handover.phone || pages.materials.handover.stick) && !pages.materials.scanning && !pages.doubtful
            Layout.fillWidth: true
            spacing: GsTheme.gapSmall

            GsButton {
                objectName: "fromPhone"
                visible: pages.materials.handover.phone
                small: pages.tight
                Layout.fillWidth: true
                Layout.preferredWidth: 1
                text: qsTr("手机传")
                iconName: "qrcode"
                enabled: !pages.visit.busy
                onClicked: pages.materials.handover.openPhone()
            }
            GsButton {
                objectName: "fromStick"
                visible: pages.materials.handover.stick
                small: pages.tight
                Layout.fillWidth: true
                Layout.preferredWidth: 1
                text: qsTr("U 盘")
                iconName: "files"
                enabled: !pages.visit.busy
                onClicked: pages.materials.handover.openStick()
            }
        }
        GsButton {
            objectName: "seeSample"
            visible: pages.materials.asked.openSample + pages.materials.asked.openBlank !== "" && pages.materials.pages.count === 0 && !pages.materials.scanning
            small: pages.tight
            Layout.fillWidth: true
            text: qsTr("看看怎么写")
            iconName: "file-text"
            onClicked: pages.sampleWanted()
        }
        GsButton {
            objectName: "fromLicence"
            visible: pages.materials.asked.openLicensed && pages.materials.pages.count === 0 && !pages.materials.scanning
            small: pages.tight
            Layout.fillWidth: true
            text: qsTr("出示手机上的电子证照")
            iconName: "qrcode"
            enabled: !pages.visit.busy
            onClicked: pages.materials.licence.open()
        }
        GsText {
            visible: pages.materials.pages.count > 0 && !pages.tight
            Layout.fillWidth: true
            text: pages.place
            strong: true
            horizontalAlignment: Text.AlignHCenter
        }
        GsDoubt {
            Layout.fillWidth: true
            visible: pages.doubtful
            materials: pages.materials
            small: pages.tight
        }
        GridLayout {
            visible: pages.materials.pages.count > 0 && !pages.doubtful
            Layout.fillWidth: true
            columns: 2
            uniformCellWidths: true
            columnSpacing: GsTheme.gapSmall
            rowSpacing: GsTheme.gapSmall
            enabled: !pages.materials.scanning && !pages.visit.busy

            GsButton {
                objectName: "previousPage"
                visible: pages.several
                small: pages.tight
                Layout.fillWidth: true
                text: qsTr("上一页")
                iconName: "chevron-left"
                enabled: pages.current > 0
                onClicked: pages.materials.show(pages.current - 1)
            }
            GsButton {
                objectName: "nextPage"
                visible: pages.several
                small: pages.tight
                Layout.fillWidth: true
                text: qsTr("下一页")
                iconAfter: "chevron-right"
                enabled: pages.current + 1 < pages.materials.pages.count
                onClicked: pages.materials.show(pages.current + 1)
            }
            GsButton {
                objectName: "pageForward"
                visible: pages.several
                small: pages.tight
                Layout.fillWidth: true
                text: qsTr("往前挪")
                iconName: "arrow-up"
                enabled: pages.current > 0
                onClicked: pages.materials.move(-1)
            }
            GsButton {
                objectName: "pageBackward"
                visible: pages.several
                small: pages.tight
                Layout.fillWidth: true
                text: qsTr("往后挪")
                iconName: "arrow-down"
                enabled: pages.current + 1 < pages.materials.pages.count
                onClicked: pages.materials.move(1)
            }
            GsButton {
                objectName: "retakePage"
                small: pages.tight
                Layout.fillWidth: true
                text: pages.materials.byCamera ? qsTr("重拍这页") : qsTr("重扫这页")
                iconName: "refresh"
                onClicked: pages.materials.retake()
            }
            GsButton {
                objectName: "removePage"
                small: pages.tight
                Layout.fillWidth: true
                kind: "danger"
                text: qsTr("删掉这页")
                iconName: "trash"
                onClicked: pages.materials.remove()
            }
        }
        Item {
            Layout.fillHeight: true
        }
    }
}
